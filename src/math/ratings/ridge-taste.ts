import { assertInput } from '../assert.ts';
import { factorCholesky, solveCholesky } from '../dense/index.ts';

export interface RidgeProblem {
  /** Description of what was rated, one number for each penalty, rating after rating. */
  readonly features: ArrayLike<number>;
  /** What the description is to explain, one number for each rating. */
  readonly targets: ArrayLike<number>;
  /** Penalty on the square of each number of the solution, all above 0. */
  readonly penalties: ArrayLike<number>;
  /** Where each number of the solution is drawn to; zero when absent. */
  readonly prior?: ArrayLike<number>;
}

/**
 * The x that minimises |X x - t|^2 + sum over f of penalty_f (x_f - prior_f)^2, by Cholesky.
 *
 * @throws RangeError when the penalties are so small that they are lost in double precision.
 */
export function solveRidge({ features, targets, penalties, prior }: RidgeProblem): Float64Array {
  const width = penalties.length;
  const left = new Float64Array(width * width);
  const right = Float64Array.from(penalties, (penalty, f) => penalty * (prior?.[f] ?? 0));
  for (let f = 0; f < width; f++) left[f * width + f] = penalties[f] as number;
  for (let r = 0; r < targets.length; r++) {
    const target = targets[r] as number;
    for (let f = 0; f < width; f++) {
      const value = features[r * width + f] as number;
      right[f] = (right[f] as number) + value * target;
      // The solver reads the lower triangle alone.
      for (let g = 0; g <= f; g++) {
        left[f * width + g] = (left[f * width + g] as number) + value * (features[r * width + g] as number);
      }
    }
  }
  assertInput(factorCholesky(left, width), 'the penalties are too small beside what they hold');
  solveCholesky(left, right);
  return right;
}
