import { assertAtLeast, assertWhole } from '../assert.ts';
import { type BiasOptions, learnBiases, type RatingBiases } from './rating-biases.ts';
import { type RatingKernel, type RatingPredictor, ratingPredictor, UNKNOWN_ITEM } from './rating-predictor.ts';

/** Of Koren's paper; on a validation split of rated films nothing was better by more than a thousandth. */
export const DEFAULT_BIAS_OPTIONS: BiasOptions = { userShrink: 15, itemShrink: 10, rounds: 10 };

/**
 * mean + b_u + b_i: what can be said without taste. The floor of the family.
 *
 * @throws RangeError for an option out of bounds.
 */
export function baselinePredictor(options: Partial<BiasOptions> = {}): RatingPredictor {
  const settings = { ...DEFAULT_BIAS_OPTIONS, ...options };
  checkBiasOptions(settings);
  return ratingPredictor('baseline', (table) => biasKernel(learnBiases(table, settings)));
}

export function checkBiasOptions({ userShrink, itemShrink, rounds }: BiasOptions): void {
  assertAtLeast('userShrink', userShrink, 0);
  assertAtLeast('itemShrink', itemShrink, 0);
  assertWhole('rounds', rounds, { min: 1, max: 1000 });
}

function biasKernel({ mean, users, items, userBias }: RatingBiases): RatingKernel {
  const taste = (bias: number) => ({
    estimate: (item: number) => mean + bias + (item === UNKNOWN_ITEM ? 0 : (items[item] as number)),
  });
  return {
    known: (user) => taste(users[user] as number),
    fold: (history) => taste(userBias(history)),
  };
}
