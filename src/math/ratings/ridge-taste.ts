import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { assertInput } from '../assert.ts';

export interface RidgeProblem {
  /** Description of what was rated, `width` numbers for each rating. */
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
 * @throws RangeError when the penalties are so small that the problem has no single solution.
 */
export function solveRidge({ features, targets, penalties, prior }: RidgeProblem): Float64Array {
  const width = penalties.length;
  const left = Matrix.diag(Array.from(penalties));
  const right = Matrix.columnVector(Array.from(penalties, (penalty, f) => penalty * (prior?.[f] ?? 0)));
  for (let r = 0; r < targets.length; r++) {
    for (let f = 0; f < width; f++) {
      const value = features[r * width + f] as number;
      right.set(f, 0, right.get(f, 0) + value * (targets[r] as number));
      for (let g = 0; g < width; g++) left.set(f, g, left.get(f, g) + value * (features[r * width + g] as number));
    }
  }
  const cholesky = new CholeskyDecomposition(left);
  assertInput(cholesky.isPositiveDefinite(), 'the penalties are too small for a solution');
  return Float64Array.from(cholesky.solve(right).to1DArray());
}
