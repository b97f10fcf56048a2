import { assertWhole } from '../assert.ts';
import { seededDraws } from '../random/seeded-draws.ts';
import { AttributionInputError } from './attribution-input-error.ts';
import { multinomialSampler } from './multinomial.ts';
import { assertPaths, type ChannelModel, type PathOutcomes, type Paths } from './paths.ts';

export interface BootstrapOptions {
  /** How often the journeys are drawn anew, from 100 to 100,000. */
  readonly resamples: number;
  /** Any whole number of 32 bits. */
  readonly seed: number;
}

/** Where the middle 95 % of the resamples lie. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** How far a channel's credit would be another one, had other people of the same kind come along. */
export interface CreditIntervals {
  readonly channel: string;
  readonly conversions: Interval;
  readonly value: Interval;
}

const [LOWER, UPPER] = [0.025, 0.975];

/**
 * Percentile intervals of what a model credits channels with. As many journeys as there are, are drawn from them with
 * replacement, those without a conversion too, and the model is computed anew, removal effects and all. Journeys of a path
 * with the same outcome are alike, so that numbers by path are drawn, from the multinomial distribution; a conversion of
 * a path brings the mean value of its conversions. Numbers of journeys that are no whole numbers are drawn as so many
 * parts of their sum. Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
 *
 * It tells what chance in the journeys does. It does not tell whether the model is right.
 *
 * @returns In the order of `paths.channels`.
 * @throws RangeError for an option out of bounds. @throws AttributionInputError when there are no journeys to draw from.
 */
export function bootstrapCredits(
  paths: Paths,
  model: ChannelModel,
  { resamples, seed }: BootstrapOptions,
): CreditIntervals[] {
  assertWhole('resamples', resamples, { min: 100, max: 100_000 });
  assertPaths(paths);
  const draw = outcomeSampler(paths, seed);
  const creditsOf = model(paths);
  const conversions = paths.channels.map(() => new Float64Array(resamples));
  const values = paths.channels.map(() => new Float64Array(resamples));
  for (let resample = 0; resample < resamples; resample++) {
    for (const [at, credit] of creditsOf(draw()).entries()) {
      (conversions[at] as Float64Array)[resample] = credit.conversions;
      (values[at] as Float64Array)[resample] = credit.value;
    }
  }
  return paths.channels.map((channel, at) => ({
    channel,
    conversions: intervalOf(conversions[at] as Float64Array),
    value: intervalOf(values[at] as Float64Array),
  }));
}

/** Each call draws the outcomes of one resample, into the same arrays. */
function outcomeSampler({ conversions, values, nulls }: Paths, seed: number): () => PathOutcomes {
  const count = conversions.length;
  const weights = new Float64Array(2 * count);
  weights.set(conversions);
  weights.set(nulls, count);
  const journeys = weights.reduce((sum, weight) => sum + weight, 0);
  const draws = Math.round(journeys);
  if (draws === 0) throw new AttributionInputError('There are no journeys to draw from.');
  const sampler = multinomialSampler(weights, seededDraws(seed));
  const counts = new Float64Array(2 * count);
  const drawn = {
    conversions: counts.subarray(0, count),
    values: new Float64Array(count),
    nulls: counts.subarray(count),
  };
  return () => {
    sampler.draw(counts, draws);
    for (let cell = 0; cell < counts.length; cell++) counts[cell] = (counts[cell] as number) * (journeys / draws);
    for (let path = 0; path < count; path++) {
      const original = conversions[path] as number;
      const mean = original === 0 ? 0 : (values[path] as number) / original;
      drawn.values[path] = mean * (drawn.conversions[path] as number);
    }
    return drawn;
  };
}

/** Between the two resamples nearest to the share, by linear interpolation. */
function intervalOf(sample: Float64Array): Interval {
  const sorted = sample.toSorted();
  const quantile = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] as number;
    return below + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] as number) - below);
  };
  return { lower: quantile(LOWER), upper: quantile(UPPER) };
}
