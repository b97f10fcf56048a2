import { descendFactors } from './factor-descent.ts';
import { factorKernel } from './factor-kernel.ts';
import { checkFactorOptions, type FactorOptions } from './factor-options.ts';
import { type RatingPredictor, ratingPredictor } from './rating-predictor.ts';

/** Chosen on validation splits cut from the train ratings of films. */
export const DEFAULT_MF_OPTIONS: FactorOptions = {
  factorCount: 100,
  epochs: 100,
  learningRate: 0.01,
  decay: 0.985,
  biasPenalty: 0.02,
  factorPenalty: 0.12,
  seed: 1,
};

/**
 * Biased matrix factorisation: mean + b_u + b_i + p_u q_i, by stochastic gradient descent. Source: Koren, Bell and
 * Volinsky, "Matrix Factorization Techniques for Recommender Systems", IEEE Computer 42(8), 2009.
 *
 * @throws RangeError for an option out of bounds.
 */
export function mfPredictor(options: Partial<FactorOptions> = {}): RatingPredictor {
  const settings = { ...DEFAULT_MF_OPTIONS, ...options };
  checkFactorOptions(settings);
  return ratingPredictor('mf', (table) =>
    factorKernel(descendFactors(table, { ...settings, implied: false }), table, settings),
  );
}
