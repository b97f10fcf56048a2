import { type Demand, findOfferedIds } from '../../content/index.ts';
import { seededDraws } from '../../math/random/seeded-draws.ts';
import { tieKey } from '../../math/selection/tie-key.ts';
import type { Database } from '../../platform/database.ts';
import type { Wish } from './candidates.ts';
import { composeFeed, type Place } from './compose-feed.ts';
import type { FeedRanker } from './ranker.ts';

export interface Filling {
  readonly wish: Wish;
  readonly ranker: FeedRanker;
  readonly count: number;
  /** Contents that stand in the list already. */
  readonly taken: ReadonlySet<number>;
  /** Share of places that are explored, in [0, 1]. */
  readonly exploration: number;
  /** Decides what is explored: the list's own identifier. */
  readonly feedId: string;
}

/**
 * The next places of a list, all on offer by the database's own word: fewer than asked for only when nothing else may
 * be shown. What is not on offer is left out from the start, so that the places stand to each other as if nobody had ever
 * thought of it.
 *
 * @param findMissing tells which of some contents are not on offer; what it is asked last is what comes back
 */
export async function fillPlaces(
  filling: Filling,
  findMissing: (places: readonly Place[]) => Promise<ReadonlySet<string>>,
): Promise<Place[]> {
  const { wish, ranker, count, exploration, feedId } = filling;
  const seed = seedOf(feedId, filling.taken.size);
  const taken = new Set(filling.taken);
  for (;;) {
    const explored = { share: exploration, draws: seededDraws(seed) };
    const places = composeFeed({ wish, ranker, count, taken, exploration: explored });
    if (places.length === 0) return [];
    const missing = await findMissing(places);
    if (missing.size === 0) return places;
    for (const { number } of places) if (missing.has(wish.view.catalogue.at(number).id)) taken.add(number);
  }
}

/** Those of the places whose content may be shown and sold now. */
export async function onOffer<Listed extends { readonly number: number }>(
  database: Database,
  { places, wish, demand }: { places: readonly Listed[]; wish: Wish; demand: Demand },
): Promise<Listed[]> {
  const idOf = ({ number }: Listed) => wish.view.catalogue.at(number).id;
  if (places.length === 0) return [];
  const offered = await findOfferedIds(database, { ids: places.map(idOf), demand });
  return places.filter((place) => offered.has(idOf(place)));
}

/**
 * From the random part of an identifier, an integer of 32 bits. Well mixed: streams of seeds that are near each other
 * begin alike, and what a list is lengthened by must not follow what it began with.
 */
export function seedOf(feedId: string, length: number): number {
  return tieKey(Number.parseInt(feedId.slice(-8), 16) | 0, length, 0) | 0;
}
