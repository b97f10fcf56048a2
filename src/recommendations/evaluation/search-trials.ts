import { InvalidInputError } from '../../shared/domain-error.ts';
import { type Random, seededRandom } from '../../shared/random.ts';
import type { SearchSpace } from './search-space.ts';

/** Settings that were tried, and what they scored on the validation split; null where the model refused them. */
export interface Trial {
  readonly params: Readonly<Record<string, unknown>>;
  readonly score: number | null;
  readonly seconds: number;
  /** Why there is no score. */
  readonly refusal?: string;
  /** Share of the learners that it was fitted to and measured on. */
  readonly share: number;
}

export interface SearchOptions {
  /** Settings to try, from 1, the model's own defaults the first of them. */
  readonly trials: number;
  /**
   * `random`: each is tried on all. `halving`: all are tried on a part of the learners, the better third of them on three
   * times as many, and so on until the last few are tried on all. Source: Jamieson and Talwalkar, "Non-stochastic best arm
   * identification and hyperparameter optimization", AISTATS 2016.
   */
  readonly strategy: 'random' | 'halving';
  /** Decides what is tried; any 32-bit integer. */
  readonly seed: number;
}

/** Each round of halving keeps one in so many, and gives it so many times the learners. */
const ETA = 3;

/**
 * Searches settings by chance, which finds good ones sooner than a grid where few of them matter (Bergstra and Bengio,
 * JMLR 13, 2012). The first trial is the empty object: so what is found is never worse than the defaults on that split.
 *
 * @param evaluate Scores settings on a share of the learners, higher is better; may throw a RangeError to refuse them.
 * @returns all trials in the order in which they ran, and the best of those on all learners
 * @throws InvalidInputError when the model refuses every setting.
 */
export function searchTrials(
  evaluate: (params: Readonly<Record<string, unknown>>, share: number) => number,
  space: SearchSpace,
  { trials, strategy, seed }: SearchOptions,
): { best: Trial; trials: readonly Trial[] } {
  const random = seededRandom(seed);
  const hasChoice = Object.keys(space).length > 0;
  let candidates = [{}, ...Array.from({ length: hasChoice ? trials - 1 : 0 }, () => drawFrom(space, random))];
  const all: Trial[] = [];
  for (const share of strategy === 'halving' ? sharesFor(candidates.length) : [1]) {
    const round = candidates.map((params) => tryOne(evaluate, { params, share }));
    all.push(...round);
    candidates = byScore(round)
      .slice(0, Math.max(1, Math.ceil(round.length / ETA)))
      .map(({ params }) => params);
  }
  const [best] = byScore(all.filter(({ share }) => share === 1));
  if (!best)
    throw new InvalidInputError('model', `Every setting was refused: ${all[0]?.refusal ?? 'nothing was tried'}`);
  return { best, trials: all };
}

/** Shares of the rounds: as many as thirds can be taken, at most three, the last on all. */
function sharesFor(count: number): number[] {
  const rounds = Math.min(3, Math.floor(Math.log(count) / Math.log(ETA) + 1e-9) + 1);
  return Array.from({ length: rounds }, (_, round) => ETA ** (round + 1 - rounds));
}

function byScore(trials: readonly Trial[]): Trial[] {
  return trials.filter(({ score }) => score !== null).sort((a, b) => (b.score ?? 0) - (a.score ?? 0));
}

function tryOne(
  evaluate: (params: Readonly<Record<string, unknown>>, share: number) => number,
  { params, share }: { params: Readonly<Record<string, unknown>>; share: number },
): Trial {
  const startMs = performance.now();
  const seconds = () => Math.round(performance.now() - startMs) / 1_000;
  try {
    const score = evaluate(params, share);
    return { params, score, share, seconds: seconds() };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { params, score: null, refusal: error.message, share, seconds: seconds() };
  }
}

function drawFrom(space: SearchSpace, random: Random): Record<string, unknown> {
  return Object.fromEntries(Object.entries(space).map(([name, values]) => [name, drawValue(values, random)]));
}

function drawValue(values: SearchSpace[string], random: Random): unknown {
  if ('choices' in values) return values.choices[Math.floor(random.next() * values.choices.length)];
  const { min, max, scale } = values;
  const at = random.next();
  const value = scale.startsWith('log') ? min * (max / min) ** at : min + (max - min) * at;
  return scale.endsWith('whole') ? Math.round(value) : value;
}
