import { impliedTaste, type RatingFactors } from './factor-descent.ts';
import type { FactorOptions } from './factor-options.ts';
import { type RatingHistory, type RatingKernel, type TasteKernel, UNKNOWN_ITEM } from './rating-predictor.ts';
import type { RatingTable } from './rating-table.ts';
import { solveRidge } from './ridge-taste.ts';

/** Keeps the problem of folding in solvable where the options have no penalty. */
const LEAST_PENALTY = 1e-6;

/**
 * Predictions of learnt factors. Somebody new gets the bias and the factors that minimise the squared errors with the
 * penalties of the descent (one for each rating), given the items as they are.
 */
export function factorKernel(model: RatingFactors, table: RatingTable, options: FactorOptions): RatingKernel {
  const { factorCount: k, userBiases, userFactors } = model;
  const { offsets, others } = table.byUser;
  return {
    known(user) {
      const rated = others.subarray(offsets[user], offsets[user + 1]);
      if (rated.length === 0) return stranger(model);
      const factors = impliedTaste(model, rated);
      for (let f = 0; f < k; f++) factors[f] = (factors[f] as number) + (userFactors[user * k + f] as number);
      return taste(model, userBiases[user] as number, factors);
    },
    fold(history) {
      if (history.items.length === 0) return stranger(model);
      return foldTaste(model, history, options);
    },
  };
}

function stranger(model: RatingFactors): TasteKernel {
  return taste(model, 0, new Float64Array(model.factorCount));
}

function taste(
  { mean, factorCount: k, itemBiases, itemFactors }: RatingFactors,
  bias: number,
  factors: Float64Array,
): TasteKernel {
  return {
    estimate(item) {
      let estimate = mean + bias;
      if (item === UNKNOWN_ITEM) return estimate;
      estimate += itemBiases[item] as number;
      for (let f = 0; f < k; f++) estimate += (factors[f] as number) * (itemFactors[item * k + f] as number);
      return estimate;
    },
  };
}

function foldTaste(model: RatingFactors, { items, values }: RatingHistory, options: FactorOptions): TasteKernel {
  const { factorCount: k, mean, itemBiases, itemFactors } = model;
  const implied = impliedTaste(model, items);
  const features = new Float64Array(items.length * (k + 1));
  const targets = Float64Array.from(items, (item, r) => {
    const q = itemFactors.subarray(item * k, (item + 1) * k);
    features[r * (k + 1)] = 1;
    features.set(q, r * (k + 1) + 1);
    const known = q.reduce(
      (sum, value, f) => sum + value * (implied[f] as number),
      mean + (itemBiases[item] as number),
    );
    return (values[r] as number) - known;
  });
  const penalties = new Float64Array(k + 1).fill(items.length * Math.max(options.factorPenalty, LEAST_PENALTY));
  penalties[0] = items.length * Math.max(options.biasPenalty, LEAST_PENALTY);
  const [bias = 0, ...own] = solveRidge({ features, targets, penalties });
  return taste(
    model,
    bias,
    implied.map((value, f) => value + (own[f] as number)),
  );
}
