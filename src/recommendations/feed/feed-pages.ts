import { findOfferedIds } from '../../content/index.ts';
import type { Database } from '../../platform/database.ts';
import { InvalidInputError } from '../../shared/domain-error.ts';
import { mayShow, type Wish } from './candidates.ts';
import type { Place } from './compose-feed.ts';
import { appendToFeed, type FeedList, findFeed, markShown } from './feed.store.ts';
import { type FeedPlace, unknownPlace } from './feed-cursor.ts';
import { fillPlaces, onOffer } from './feed-filling.ts';
import { featuresAt, filterKey, toListed } from './listed-place.ts';
import type { FeedRanker } from './ranker.ts';

export interface Continuation {
  readonly wish: Wish;
  readonly after: FeedPlace;
  /** Places asked for. */
  readonly first: number;
  readonly ranker: FeedRanker;
  readonly exploration: number;
  /** Of the person who asks; null where it is not known. */
  readonly country: string | null;
}

export interface PlacedAt extends Omit<Place, 'logOdds'> {
  /** From 0. */
  readonly position: number;
}

/** Places looked at in one go, beyond those asked for: some may no longer be shown. */
const SPARE = 10;
/** Places that a list is lengthened by. */
const LENGTHENED_BY = 60;

/**
 * The places of a list after one of them that may still be shown, one more than asked for if there are so many; the list
 * is lengthened when it ends before.
 *
 * @throws InvalidInputError when the list is not the person's own or has another filter
 */
export async function continueList(database: Database, continuation: Continuation): Promise<PlacedAt[]> {
  const { wish, after, first } = continuation;
  const { userId } = wish.person;
  const found: PlacedAt[] = [];
  let position = after.position + 1;
  let list = await ownList(database, { id: after.feedId, userId, wish, position });
  while (found.length <= first) {
    if (position >= list.contentIds.length) {
      if (!(await lengthen(database, list, continuation))) break;
      list = await ownList(database, { id: after.feedId, userId, wish, position });
    }
    const end = Math.min(list.contentIds.length, position + first + 1 - found.length + SPARE);
    found.push(...(await stillShown(database, { list, from: position, to: end, continuation })));
    position = end;
  }
  const given = found.slice(0, first);
  const last = given.at(-1);
  if (last) await markShown(database, { id: list.id, shown: last.position + 1 });
  return found.slice(0, first + 1);
}

async function ownList(
  database: Database,
  { id, userId, wish, position }: { id: string; userId: string; wish: Wish; position: number },
): Promise<FeedList> {
  const list = await findFeed(database, { id, userId });
  if (!list || position > list.contentIds.length) throw unknownPlace();
  if (JSON.stringify(filterKey(list.filter)) !== JSON.stringify(filterKey(wish.filter))) {
    throw new InvalidInputError(
      'after',
      'The cursor is of a list with another filter. Give the same filter, or begin anew.',
    );
  }
  return list;
}

/** @returns whether the list is longer now, by whoever lengthened it */
async function lengthen(database: Database, list: FeedList, continuation: Continuation): Promise<boolean> {
  const { wish, ranker, exploration } = continuation;
  const { catalogue } = wish.view;
  const findMissing = async (found: readonly Place[]) => {
    const ids = found.map(({ number }) => catalogue.at(number).id);
    return new Set(ids).difference(await findOfferedIds(database, { ids, demand: demandOf(continuation) }));
  };
  const taken = new Set(list.contentIds.flatMap((id) => catalogue.numberOf(id) ?? []));
  const filling = { wish, ranker, exploration, count: LENGTHENED_BY, taken, feedId: list.id };
  const places = await fillPlaces(filling, findMissing);
  if (places.length === 0) return false;
  const listed = places.map((place) => toListed(place, catalogue));
  await appendToFeed(database, { id: list.id, length: list.contentIds.length, places: listed });
  return true;
}

async function stillShown(
  database: Database,
  { list, from, to, continuation }: { list: FeedList; from: number; to: number; continuation: Continuation },
): Promise<PlacedAt[]> {
  const { wish } = continuation;
  const may = mayShow(wish, new Set());
  const places: PlacedAt[] = [];
  for (let position = from; position < to; position++) {
    const number = wish.view.catalogue.numberOf(list.contentIds[position] as string);
    if (number === undefined || !may(number)) continue;
    places.push({
      position,
      number,
      source: list.sources[position] ?? 'NEW',
      features: featuresAt(list.features, position),
      isCooling: false,
      score: list.scores[position] ?? 0,
      propensity: list.propensities[position] ?? 1,
    });
  }
  return onOffer(database, { places, wish, demand: demandOf(continuation) });
}

function demandOf({ wish, country }: Continuation) {
  return { at: new Date(wish.nowMs), country };
}
