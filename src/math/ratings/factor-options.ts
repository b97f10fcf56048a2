import { assertAtLeast, assertInput, assertWhole } from '../assert.ts';

/** How a model of biases and factors is learnt by stochastic gradient descent. */
export interface FactorOptions {
  /** Numbers that describe each user and each item besides the bias. */
  readonly factorCount: number;
  /** Times that all ratings are seen. */
  readonly epochs: number;
  /** Length of a step in the first epoch, above 0 and at most 1. */
  readonly learningRate: number;
  /** What the length is multiplied by after each epoch, above 0 and at most 1. */
  readonly decay: number;
  /** Penalty on the square of a bias, for each rating that it takes part in. */
  readonly biasPenalty: number;
  /** Penalty on the square of a factor, for each rating that it takes part in. */
  readonly factorPenalty: number;
  /** Decides the first factors and the order of the ratings; any 32-bit integer. */
  readonly seed: number;
}

/** Chosen on validation splits cut from the train ratings of films; looking at what was rated at all wants no others. */
export const DEFAULT_FACTOR_OPTIONS: FactorOptions = {
  factorCount: 100,
  epochs: 100,
  learningRate: 0.01,
  decay: 0.985,
  biasPenalty: 0.02,
  factorPenalty: 0.12,
  seed: 1,
};

/** @throws RangeError for an option out of bounds. */
export function checkFactorOptions(options: FactorOptions): void {
  assertWhole('factorCount', options.factorCount, { min: 1, max: 1000 });
  assertWhole('epochs', options.epochs, { min: 1, max: 10_000 });
  for (const name of ['learningRate', 'decay'] as const) {
    const value = options[name];
    assertInput(value > 0 && value <= 1, `${name} must be above 0 and at most 1, not ${value}`);
  }
  assertAtLeast('biasPenalty', options.biasPenalty, 0);
  assertAtLeast('factorPenalty', options.factorPenalty, 0);
}
