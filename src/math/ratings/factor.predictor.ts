import { descendFactors } from './factor-descent.ts';
import { factorKernel } from './factor-kernel.ts';
import { checkFactorOptions, DEFAULT_FACTOR_OPTIONS, type FactorOptions } from './factor-options.ts';
import { type RatingPredictor, ratingPredictor } from './rating-predictor.ts';

/**
 * Biased matrix factorisation: mean + b_u + b_i + p_u q_i, by stochastic gradient descent. Source: Koren, Bell and
 * Volinsky, "Matrix Factorization Techniques for Recommender Systems", IEEE Computer 42(8), 2009.
 *
 * @throws RangeError for an option out of bounds.
 */
export function mfPredictor(options: Partial<FactorOptions> = {}): RatingPredictor {
  return factorPredictor('mf', { options, implied: false });
}

/**
 * SVD++: matrix factorisation in which a user is described also by which items were rated, whatever they got. Source:
 * Koren, "Factorization Meets the Neighborhood", KDD 2008.
 *
 * @throws RangeError for an option out of bounds.
 */
export function svdppPredictor(options: Partial<FactorOptions> = {}): RatingPredictor {
  return factorPredictor('svdpp', { options, implied: true });
}

function factorPredictor(
  name: string,
  { options, implied }: { options: Partial<FactorOptions>; implied: boolean },
): RatingPredictor {
  const settings = { ...DEFAULT_FACTOR_OPTIONS, ...options };
  checkFactorOptions(settings);
  return ratingPredictor(name, (table) =>
    factorKernel(descendFactors(table, { ...settings, implied }), table, settings),
  );
}
