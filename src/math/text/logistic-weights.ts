import { Matrix, solve } from 'ml-matrix';

const MAX_STEPS = 50;
const SETTLED = 1e-10;

/**
 * The weights b of a logistic regression with an intercept, p(x) = 1 / (1 + exp(-b_0 - b . x)), that make the labels
 * most likely less penalty / 2 |b|^2 (the intercept goes free), by Newton's method. Source: McCullagh and Nelder, "Generalized
 * Linear Models", 1989, section 4.4.
 *
 * @param rows Features of each case; at least one case.
 * @param labels 1 or 0 for each case.
 * @returns b without the intercept
 */
export function logisticWeights(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  penalty: number,
): number[] {
  const design = rows.map((row) => [1, ...row]);
  const size = design[0]?.length ?? 1;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < MAX_STEPS; step++) {
    const curvature = Matrix.eye(size, size, penalty);
    // A trace of a penalty keeps the intercept finite when all labels are the same.
    curvature.set(0, 0, 1e-9);
    const slope = weights.map((weight, k) => (k === 0 ? 0 : -penalty * weight));
    design.forEach((row, at) => {
      const chance = 1 / (1 + Math.exp(-row.reduce((sum, value, k) => sum + value * (weights[k] ?? 0), 0)));
      row.forEach((value, k) => {
        slope[k] = (slope[k] ?? 0) + ((labels[at] ?? 0) - chance) * value;
        row.forEach((other, l) => {
          curvature.set(k, l, curvature.get(k, l) + chance * (1 - chance) * value * other);
        });
      });
    });
    const move = solve(curvature, Matrix.columnVector(slope)).to1DArray();
    weights = weights.map((weight, k) => weight + (move[k] ?? 0));
    if (move.every((distance) => Math.abs(distance) < SETTLED)) break;
  }
  return weights.slice(1);
}
