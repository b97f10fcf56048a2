import type { ShelfFilter } from '../../content/index.ts';
import { TopK } from '../../math/selection/top-k.ts';
import { admission } from './catalogue.ts';
import { fadingSince, featureRow } from './features.ts';
import type { Met } from './met.ts';
import type { ModelView } from './model-view.ts';
import type { FeedPerson } from './person.queries.ts';
import type { Taste } from './taste.ts';

/** Where a candidate came from first. */
export const FEED_SOURCES = ['TASTE', 'TEXT', 'PROFILE', 'OCCUPATION', 'POPULAR', 'NEW', 'SEEN', 'DISCOVERY'] as const;
export type FeedSource = (typeof FEED_SOURCES)[number];

export interface Candidate {
  readonly number: number;
  readonly source: FeedSource;
  /** In the order of `FEATURES`. */
  readonly features: ArrayLike<number>;
  /** Seen or shown of late: it comes after all others until it has cooled down. */
  readonly isCooling: boolean;
}

/** How well a content matches something that a person told of themselves. */
export interface ProfileMatch {
  /** Above 0, and 1 for what matches best. */
  readonly score: number;
  /** The interest, goal or occupation, as the person wrote it. */
  readonly told: string;
}

/** What candidates are found by. */
export interface Wish {
  readonly person: FeedPerson;
  readonly met: Met;
  readonly view: ModelView;
  readonly taste: Taste;
  /** The contents that match what the person told of themselves. */
  readonly profile: ReadonlyMap<number, ProfileMatch>;
  readonly filter: ShelfFilter;
  /** Whole years that the person has surely lived. */
  readonly age: number;
  readonly nowMs: number;
}

/** How many each source may bring, while there are enough of all. */
const MOST_OF = { taste: 80, text: 40, profile: 40, occupation: 30, popular: 40, fresh: 30 };
/** Fewer are made up by what is new. */
const LEAST_CANDIDATES = 120;
/** So long after the person did something with a content it does not come before others. */
const COOLDOWN_MS = 7 * 86_400_000;
/** Shown so often within a week without an answer, a content makes room for others. */
const MOST_SHOWN = 6;

/**
 * Brings together what may suit a person, from every source; if fewer than `wanted` of these have cooled down,
 * everything else that may be shown, the latest first.
 *
 * @param taken contents that stand in the list already
 */
export function findCandidates(
  wish: Wish,
  { wanted, taken }: { wanted: number; taken: ReadonlySet<number> },
): Candidate[] {
  const found = new Map<number, FeedSource>();
  const may = mayShow(wish, taken);
  const add = (source: FeedSource, numbers: Iterable<number>, most: number) => {
    let left = most;
    for (const number of numbers) {
      if (left === 0) return;
      if (!may(number)) continue;
      if (!found.has(number)) found.set(number, source);
      left--;
    }
  };
  const { view, taste, profile, person } = wish;
  add('TASTE', best(taste.byPeople, MOST_OF.taste, may), MOST_OF.taste);
  add('TEXT', best(taste.byText, MOST_OF.text, may), MOST_OF.text);
  add('PROFILE', bestMatches(profile), MOST_OF.profile);
  if (person.occupation && person.mayUseProfile) {
    add('OCCUPATION', view.occupation(person.occupation)?.keys() ?? [], MOST_OF.occupation);
  }
  add('POPULAR', view.popularFirst, MOST_OF.popular);
  add('NEW', view.catalogue.newestFirst(), MOST_OF.fresh);
  // Whoever did nothing yet, and where nothing is popular, is brought enough to choose from all the same.
  if (found.size < LEAST_CANDIDATES) add('NEW', view.catalogue.newestFirst(), LEAST_CANDIDATES);
  const rested = [...found.keys()].filter((number) => !isCooling(number, wish));
  if (rested.length < wanted) add('NEW', view.catalogue.newestFirst(), Number.POSITIVE_INFINITY);
  return toCandidates(found, wish);
}

function bestMatches(profile: Wish['profile']): number[] {
  return [...profile].sort(([, one], [, other]) => other.score - one.score).map(([number]) => number);
}

/** Whether a content may be shown, as far as the catalogue and the person's own deeds tell. */
export function mayShow(wish: Wish, taken: ReadonlySet<number>): (number: number) => boolean {
  const { person, met, view, filter, age } = wish;
  const { catalogue } = view;
  const isAdmissible = admission({ filter, age, blockedPartners: person.blockedPartners });
  return (number) => !taken.has(number) && !met.settled.has(number) && isAdmissible(catalogue.at(number));
}

function best(scores: Float64Array, most: number, may: (number: number) => boolean): Int32Array {
  const top = new TopK(most);
  for (let number = 0; number < scores.length; number++) {
    const score = scores[number] as number;
    if (score > 0 && score >= top.floor && may(number)) top.offer(number, score);
  }
  return top.drain().indices;
}

/** The rows that a ranker sees of some contents, whether or not a source brought them. */
export function toCandidates(found: ReadonlyMap<number, FeedSource>, wish: Wish): Candidate[] {
  const facts = { wish, shares: sharesOf(wish), occupation: occupationParts(wish) };
  const candidates: Candidate[] = [];
  for (const [number, bringer] of found) {
    const source = wish.met.seenAtMs.has(number) ? 'SEEN' : bringer;
    candidates.push({ number, source, features: featuresOf(number, facts), isCooling: isCooling(number, wish) });
  }
  return candidates;
}

interface FeatureFacts {
  readonly wish: Wish;
  readonly shares: ReadonlyMap<string, number>;
  readonly occupation: ReadonlyMap<number, number>;
}

function featuresOf(number: number, { wish, shares, occupation }: FeatureFacts): readonly number[] {
  const { view, taste, profile, met, nowMs } = wish;
  const { domainCode, partnerId, publishedAtMs } = view.catalogue.at(number);
  const seenAtMs = met.seenAtMs.get(number);
  return featureRow({
    TASTE: (taste.byPeople[number] as number) / taste.most.byPeople,
    TEXT: (taste.byText[number] as number) / taste.most.byText,
    POPULARITY: view.popularity[number] as number,
    DOMAIN_POPULARITY: view.domainPopularity[number] as number,
    OCCUPATION: occupation.get(number) ?? 0,
    PROFILE: profile.get(number)?.score ?? 0,
    FRESHNESS: fadingSince(publishedAtMs, nowMs),
    DOMAIN_SHARE: shares.get(domainCode) ?? 0,
    PARTNER_SHARE: shares.get(partnerId) ?? 0,
    SEEN: seenAtMs === undefined ? 0 : fadingSince(seenAtMs, nowMs),
    SHOWN: Math.min(1, (met.shown.get(number) ?? 0) / 10),
  });
}

/** Shares of the person's taste by domain and by partner: their keys do not meet. */
function sharesOf({ taste, view }: Wish): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { number, share } of taste.liked) {
    const { domainCode, partnerId } = view.catalogue.at(number);
    for (const key of [domainCode, partnerId]) shares.set(key, (shares.get(key) ?? 0) + share);
  }
  return shares;
}

function occupationParts({ person, view }: Wish): ReadonlyMap<number, number> {
  return (person.mayUseProfile && person.occupation && view.occupation(person.occupation)) || new Map();
}

/** Whether the person saw it, or was shown it often, of late. */
export function isCooling(number: number, { met, nowMs }: Wish): boolean {
  const seenAtMs = met.seenAtMs.get(number);
  if (seenAtMs !== undefined && nowMs - seenAtMs < COOLDOWN_MS) return true;
  return (met.shown.get(number) ?? 0) >= MOST_SHOWN;
}
