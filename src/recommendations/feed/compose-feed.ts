import type { SeededDraws } from '../../math/random/seeded-draws.ts';
import { selectDiverse } from '../../math/selection/diverse-selection.ts';
import { type Candidate, findCandidates, isCooling, mayShow, toCandidates, type Wish } from './candidates.ts';
import { chanceOf, type FeedRanker } from './ranker.ts';

/** A place of a feed. */
export interface Place extends Candidate {
  /** In (0, 1); higher is better. Single precision, as it is kept. */
  readonly score: number;
  /** What the score was made from, before rounding. */
  readonly logOdds: number;
  /** How likely the place was to get this content, in (0, 1]. */
  readonly propensity: number;
}

export interface Composition {
  readonly wish: Wish;
  readonly ranker: FeedRanker;
  /** Places to fill. */
  readonly count: number;
  /** Contents that stand in the list already. */
  readonly taken: ReadonlySet<number>;
  readonly exploration: Exploration;
}

export interface Exploration {
  /** Chance that a place is given to something little known, in [0, 1]. */
  readonly share: number;
  readonly draws: SeededDraws;
}

/** Candidates that are set apart from each other; those below come by score alone. */
const MOST_DIVERSE = 120;
/** What repeating something of the contents just before costs. */
const TRAITS = { domain: 0.2, partner: 0.3, kind: 0.1 };
const WINDOW = 6;
/** The first places are never given away. */
const FIRST_EXPLORED = 4;
/** Little known contents that one is drawn from. */
const MOST_DISCOVERIES = 200;

/**
 * The next places of a feed: candidates of all sources by score, set apart by domain, partner and kind, with a share of
 * the places given to little known contents by chance; what has not cooled down comes after all that. Fewer than asked
 * for only when nothing else may be shown.
 */
export function composeFeed({ wish, ranker, count, taken, exploration }: Composition): Place[] {
  const candidates = findCandidates(wish, { wanted: count, taken });
  const fresh = placesOf(
    candidates.filter((one) => !one.isCooling),
    { wish, ranker },
  );
  const cooling = placesOf(
    candidates.filter((one) => one.isCooling),
    { wish, ranker },
  );
  const kept = new Set([...taken, ...cooling.map(({ number }) => number)]);
  const explored = explore(setApart(fresh, { wish, count }), { wish, ranker, taken: kept, exploration });
  return [...explored, ...cooling].slice(0, count);
}

/** Some contents with their scores, best first. */
export function placesOf(
  candidates: readonly Candidate[],
  { wish, ranker }: Pick<Composition, 'wish' | 'ranker'>,
): Place[] {
  const logOdds = ranker.score(candidates, wish);
  const byScore = (one: number, other: number) =>
    (logOdds[other] as number) - (logOdds[one] as number) ||
    byAge(wish, candidates[one] as Candidate, candidates[other] as Candidate);
  return [...candidates.keys()].sort(byScore).map((at) => {
    const { number, source, features, isCooling } = candidates[at] as Candidate;
    const odds = logOdds[at] as number;
    return { number, source, features, isCooling, logOdds: odds, score: Math.fround(chanceOf(odds)), propensity: 1 };
  });
}

/** Of equal scores the latest published first. */
function byAge({ view: { catalogue } }: Wish, one: Candidate, other: Candidate): number {
  return catalogue.at(other.number).publishedAtMs - catalogue.at(one.number).publishedAtMs || other.number - one.number;
}

function setApart(places: readonly Place[], { wish, count }: { wish: Wish; count: number }): Place[] {
  const first = places.slice(0, Math.max(MOST_DIVERSE, count));
  const { domains, partners, kinds } = wish.view.catalogue.traits;
  const codesOf = (all: Int32Array) => Int32Array.from(first, ({ number }) => all[number] as number);
  const traits = [
    { values: codesOf(domains), weight: TRAITS.domain },
    { values: codesOf(partners), weight: TRAITS.partner },
    { values: codesOf(kinds), weight: TRAITS.kind },
  ];
  const logOdds = first.map((place) => place.logOdds);
  const chosen = selectDiverse(logOdds, traits, { count, window: WINDOW });
  return [...chosen].flatMap((at) => first[at] ?? []);
}

/**
 * Gives each place from the fifth on, with the chance of `share`, to one of the little known contents that may be
 * shown and do not stand in the list: each is as likely. The propensities are exact, given the places before.
 */
function explore(
  places: readonly Place[],
  { wish, ranker, taken, exploration }: Pick<Composition, 'wish' | 'ranker' | 'taken' | 'exploration'>,
): Place[] {
  const { share, draws } = exploration;
  const pool = share > 0 ? discoveriesFor(wish, new Set([...taken, ...places.map(({ number }) => number)])) : [];
  const kept = [...places];
  return places.flatMap((_, at) => {
    if (at < FIRST_EXPLORED || pool.length === 0) return kept.shift() ?? [];
    if (draws.uniform() >= share) {
      const place = kept.shift();
      return place ? { ...place, propensity: 1 - share } : [];
    }
    const propensity = share / pool.length;
    const [number = 0] = pool.splice(Math.floor(draws.uniform() * pool.length), 1);
    const [place] = placesOf(toCandidates(new Map([[number, 'DISCOVERY']]), wish), { wish, ranker });
    return place ? { ...place, propensity } : [];
  });
}

/** Contents that the model does not know or knows least of, the latest published first. */
function discoveriesFor(wish: Wish, taken: ReadonlySet<number>): number[] {
  const may = mayShow(wish, taken);
  const { catalogue, popularity } = wish.view;
  const little = 0.5;
  const found: number[] = [];
  for (const number of catalogue.newestFirst()) {
    if (found.length === MOST_DISCOVERIES) break;
    const isKnown = wish.met.seenAtMs.has(number) || isCooling(number, wish);
    if ((popularity[number] as number) < little && !isKnown && may(number)) found.push(number);
  }
  return found;
}
