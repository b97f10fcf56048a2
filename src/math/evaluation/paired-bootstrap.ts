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
  /** Mean of the first less mean of the second. */
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
  assertInput(first.length > 0 && first.length === second.length, 'both must have a number for each of the same users');
  assertFinite('number', first);
  assertFinite('number', second);
  assertWhole('resamples', resamples, { min: 100, max: 1_000_000 });
  assertWhole('the seed', seed, { min: -(2 ** 31), max: 2 ** 31 - 1 });
  const differences = first.map((value, user) => value - (second[user] as number));
  const difference = differences.reduce((a, b) => a + b, 0) / differences.length;
  const means = resampledMeans(differences, { resamples, seed }).sort();
  // A resample that draws every user once may differ from the observed mean by rounding, and counts as equal to it.
  const far = Math.abs(difference) * (1 - 1e-9);
  const asFar = means.reduce((count, mean) => count + (Math.abs(mean - difference) >= far ? 1 : 0), 0);
  return {
    difference,
    lower: means[Math.floor(0.025 * (resamples - 1))] as number,
    upper: means[Math.ceil(0.975 * (resamples - 1))] as number,
    p: (asFar + 1) / (resamples + 1),
    resamples,
  };
}

function resampledMeans(values: Float64Array, { resamples, seed }: BootstrapOptions): Float64Array {
  const random = xoroshiro128plus(seed);
  const last = values.length - 1;
  return Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    for (let draw = 0; draw <= last; draw++) sum += values[uniformInt(random, 0, last)] as number;
    return sum / values.length;
  });
}
