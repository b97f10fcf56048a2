import { descendFactors } from './factor-descent.ts';
import { factorKernel } from './factor-kernel.ts';
import { checkFactorOptions, type FactorOptions } from './factor-options.ts';
import { type RatingPredictor, ratingPredictor } from './rating-predictor.ts';

/** Chosen on validation splits cut from the train ratings of films. */
export const DEFAULT_SVDPP_OPTIONS: FactorOptions = {
  factorCount: 100,
  epochs: 100,
  learningRate: 0.01,
  decay: 0.985,
  biasPenalty: 0.02,
  factorPenalty: 0.12,
  seed: 1,
};

/**
 * SVD++: matrix factorisation in which a user is described also by which items were rated, whatever they got. Source:
 * Koren, "Factorization Meets the Neighborhood", KDD 2008.
 *
 * @throws RangeError for an option out of bounds.
 */
export function svdppPredictor(options: Partial<FactorOptions> = {}): RatingPredictor {
  const settings = { ...DEFAULT_SVDPP_OPTIONS, ...options };
  checkFactorOptions(settings);
  return ratingPredictor('svdpp', (table) =>
    factorKernel(descendFactors(table, { ...settings, implied: true }), table, settings),
  );
}
