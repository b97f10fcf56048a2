import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { assertFinite, assertInput, assertWhole } from '../assert.ts';

export interface BootstrapOptions {
  /** Times that the users are drawn anew, from 100. */
  readonly resamples: number;
  /** Any 32-bit integer. */
  readonly seed: number;
}

export interface PairedDifference {
  /** The measure of the first system, such as a mean, less that of the second. */
  readonly difference: number;
  /** Where 95 % of the resampled differences lie. */
  readonly lower: number;
  readonly upper: number;
  /** How often chance alone would bring a difference as far from zero, from 1 / (resamples + 1) to 1. */
  readonly p: number;
  readonly resamples: number;
}

/**
 * Whether two systems measured on the same users differ by more than the choice of users explains: users are drawn with
 * replacement, both systems' numbers of a user together. The interval is that of the percentiles 2.5 and 97.5. p is
 * two-sided, the share of resamples whose difference lies at least as far from the observed one as that lies from zero,
 * the observed one counted among them. Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapters
 * 13 and 16; for search and recommendation, Sakai, SIGIR 2006.
 *
 * @throws RangeError when the lists are empty, differ in length or hold what is not finite, or an option is out of bounds.
 */
export function pairedBootstrap(
  first: Float64Array,
  second: Float64Array,
  { resamples, seed }: BootstrapOptions,
): PairedDifference {
  checkSystems(first, second, { resamples, seed });
  const differences = first.map((value, user) => value - (second[user] as number));
  const differenceOf = (users: Int32Array) => users.reduce((sum, user) => sum + (differences[user] as number), 0);
  return bootstrap({ userCount: first.length, resamples, seed }, (users) => differenceOf(users) / users.length);
}

/**
 * The same for a measure over cases, of which a user may have several: `measure` of all amounts over all cases. Users are
 * drawn, not cases, since the cases of one user are no evidence apart.
 *
 * @param first Sums of the first system's amounts by user, such as squared errors. @param second The same of the second.
 * @param options `cases`: how many each user has, at least one in all; `measure`: of the mean amount, such as its root.
 * @throws RangeError as `pairedBootstrap`.
 */
export function pooledBootstrap(
  first: Float64Array,
  second: Float64Array,
  options: BootstrapOptions & { readonly cases: Float64Array; readonly measure: (mean: number) => number },
): PairedDifference {
  const { cases, measure } = options;
  checkSystems(first, second, options);
  assertInput(cases.length === first.length, 'there must be a number of cases for each user');
  assertInput(cases.every((count) => count > 0) && cases.every(Number.isFinite), 'each user must have a case');
  return bootstrap({ ...options, userCount: first.length }, (users) => {
    let [one, other, count] = [0, 0, 0];
    for (const user of users) {
      one += first[user] as number;
      other += second[user] as number;
      count += cases[user] as number;
    }
    return measure(one / count) - measure(other / count);
  });
}

function checkSystems(first: Float64Array, second: Float64Array, { resamples, seed }: BootstrapOptions): void {
  assertInput(first.length > 0 && first.length === second.length, 'both must have a number for each of the same users');
  assertFinite('number', first);
  assertFinite('number', second);
  assertWhole('resamples', resamples, { min: 100, max: 1_000_000 });
  assertWhole('the seed', seed, { min: -(2 ** 31), max: 2 ** 31 - 1 });
}

function bootstrap(
  { userCount, resamples, seed }: BootstrapOptions & { userCount: number },
  differenceOf: (users: Int32Array) => number,
): PairedDifference {
  const difference = differenceOf(Int32Array.from({ length: userCount }, (_, user) => user));
  const random = xoroshiro128plus(seed);
  const users = new Int32Array(userCount);
  const resampled = Float64Array.from({ length: resamples }, () => {
    for (let draw = 0; draw < userCount; draw++) users[draw] = uniformInt(random, 0, userCount - 1);
    return differenceOf(users);
  }).sort();
  // A resample that draws every user once may differ from the observed one by rounding, and counts as equal to it.
  const far = Math.abs(difference) * (1 - 1e-9);
  const asFar = resampled.reduce((count, one) => count + (Math.abs(one - difference) >= far ? 1 : 0), 0);
  return {
    difference,
    lower: resampled[Math.floor(0.025 * (resamples - 1))] as number,
    upper: resampled[Math.ceil(0.975 * (resamples - 1))] as number,
    p: (asFar + 1) / (resamples + 1),
    resamples,
  };
}
