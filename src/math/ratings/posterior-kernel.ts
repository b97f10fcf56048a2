import { ITEM_BIAS } from './gibbs-state.ts';
import type { PosteriorSample } from './posterior-sample.ts';
import { type RatingHistory, type RatingKernel, type TasteKernel, UNKNOWN_ITEM } from './rating-predictor.ts';
import type { RatingTable } from './rating-table.ts';
import { solveRidge } from './ridge-taste.ts';

/**
 * Predictions averaged over samples. Somebody new gets, in each sample, the mean of the posterior given the items of
 * that sample.
 */
export function posteriorKernel(samples: readonly PosteriorSample[], { mean }: RatingTable): RatingKernel {
  const taste = (rowOf: (sample: PosteriorSample) => Float32Array) => averageTaste(samples, { mean, rowOf });
  return {
    known: (user) => taste(({ users, width }) => users.subarray(user * width, (user + 1) * width)),
    fold: (history) => taste((sample) => (history.items.length === 0 ? sample.prior : foldRow(sample, history, mean))),
  };
}

function averageTaste(
  samples: readonly PosteriorSample[],
  { mean, rowOf }: { mean: number; rowOf(sample: PosteriorSample): Float32Array },
): TasteKernel {
  const rows = samples.map(rowOf);
  return {
    estimate(item) {
      let sum = 0;
      samples.forEach((sample, s) => {
        sum += dot(rows[s] as Float32Array, itemRow(sample, item));
      });
      return mean + sum / samples.length;
    },
  };
}

function itemRow({ items, itemPrior, width }: PosteriorSample, item: number): Float32Array {
  return item === UNKNOWN_ITEM ? itemPrior : items.subarray(item * width, (item + 1) * width);
}

function foldRow(sample: PosteriorSample, { items, values }: RatingHistory, mean: number): Float32Array {
  const { width, implied, prior, strengths } = sample;
  const base = new Float32Array(width);
  const weight = 1 / Math.sqrt(items.length);
  const features = new Float64Array(items.length * width);
  for (let r = 0; r < items.length; r++) {
    const start = (items[r] as number) * width;
    for (let f = 0; f < width; f++) base[f] = (base[f] as number) + weight * (implied[start + f] as number);
  }
  // The bias of the item is no unknown: what it is multiplied by stays 1.
  base[ITEM_BIAS] = 1;
  const targets = Float64Array.from(items, (item, r) => {
    const row = itemRow(sample, item);
    features.set(row, r * width);
    features[r * width + ITEM_BIAS] = 0;
    return (values[r] as number) - mean - dot(base, row);
  });
  const penalties = Float64Array.from(strengths, (strength, f) => (f === ITEM_BIAS ? 1 : strength));
  const own = solveRidge({ features, targets, penalties, prior: prior.map((x, f) => (f === ITEM_BIAS ? 0 : x)) });
  return base.map((value, f) => value + (own[f] as number));
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let f = 0; f < a.length; f++) sum += (a[f] as number) * (b[f] as number);
  return sum;
}
