import { Matrix, SingularValueDecomposition } from 'ml-matrix';

/** A ridge regression with intercept, on columns of mean 0 and deviation 1. */
export interface RidgeFit {
  readonly penalty: number;
  /** Of the standardised columns; 0 for a constant one. */
  readonly weights: readonly number[];
  readonly intercept: number;
  readonly means: readonly number[];
  /** Infinite for a constant column: whatever value it gets later counts as its mean. */
  readonly deviations: readonly number[];
  /** Degrees of freedom that the fit takes: 1 + the trace of its hat matrix. */
  readonly freedom: number;
  /** Sum of squares of what is left, over the observations less the freedom. */
  readonly variance: number;
  /** Mean square of what each observation is missed by when the fit does not know it. */
  readonly leaveOneOut: number;
  /** What a prediction is uncertain by beside the noise, as a share of the variance. */
  leverage(standardised: readonly number[]): number;
}

const PENALTIES = 121;
const LEAST_EXPONENT = -4;
const MOST_EXPONENT = 4;

/**
 * Penalty of the least leave-one-out error, which has a closed form: e_i / (1 - h_i) with the hat matrix's diagonal h
 * (Allen, "The relationship between variable selection and data augmentation", Technometrics 16, 1974; Golub, Heath and
 * Wahba, Technometrics 21, 1979). Penalties are n times 10^-4 to 10^4; of equal errors the larger one.
 *
 * w = (Z'Z + penalty I)^-1 Z'(y - mean y)
 *
 * @param rows n observations of k columns
 */
export function fitRidge(rows: readonly (readonly number[])[], targets: readonly number[]): RidgeFit {
  const parts = decompose(rows, targets);
  let best: RidgeFit | null = null;
  for (let p = PENALTIES - 1; p >= 0; p--) {
    const exponent = LEAST_EXPONENT + ((MOST_EXPONENT - LEAST_EXPONENT) * p) / (PENALTIES - 1);
    const fit = fitAt(parts, rows.length * 10 ** exponent);
    if (!best || fit.leaveOneOut < best.leaveOneOut) best = fit;
  }
  return best as RidgeFit;
}

/** The same at a given penalty. */
export function fitRidgeAt(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
  penalty: number,
): RidgeFit {
  return fitAt(decompose(rows, targets), penalty);
}

interface Decomposed {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly mean: number;
  readonly centred: readonly number[];
  /** Z = U diag(s) V' */
  readonly left: Matrix;
  readonly singular: readonly number[];
  readonly right: Matrix;
  /** U' (y - mean y) */
  readonly projected: readonly number[];
}

function decompose(rows: readonly (readonly number[])[], targets: readonly number[]): Decomposed {
  const n = rows.length;
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, c) => rows.map((row) => row[c] as number));
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / n);
  const deviations = columns.map((column, c) => deviationOf(column, means[c] as number));
  const standardised = rows.map((row) =>
    row.map((value, c) => (value - (means[c] as number)) / (deviations[c] as number)),
  );
  const mean = targets.reduce((sum, target) => sum + target, 0) / n;
  const centred = targets.map((target) => target - mean);
  const svd = new SingularValueDecomposition(new Matrix(standardised), { autoTranspose: true });
  const left = svd.leftSingularVectors;
  const projected = svd.diagonal.map((_, s) => centred.reduce((sum, value, i) => sum + value * left.get(i, s), 0));
  return {
    means,
    deviations,
    mean,
    centred,
    left,
    singular: svd.diagonal,
    right: svd.rightSingularVectors,
    projected,
  };
}

/** Infinite for a column that only rounding moves. */
function deviationOf(column: readonly number[], mean: number): number {
  const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length;
  const deviation = Math.sqrt(variance);
  return deviation > 1e-12 * (1 + Math.abs(mean)) ? deviation : Number.POSITIVE_INFINITY;
}

function fitAt(parts: Decomposed, penalty: number): RidgeFit {
  const { means, deviations, mean, centred, left, singular, right, projected } = parts;
  const n = centred.length;
  const shrink = singular.map((s) => (s * s) / (s * s + penalty));
  const weights = deviations.map((deviation, c) =>
    deviation === Number.POSITIVE_INFINITY
      ? 0
      : singular.reduce((sum, s, k) => sum + (right.get(c, k) * s * (projected[k] as number)) / (s * s + penalty), 0),
  );
  let [squares, missed] = [0, 0];
  centred.forEach((target, i) => {
    let [fitted, hat] = [0, 1 / n];
    shrink.forEach((share, k) => {
      const u = left.get(i, k);
      fitted += u * share * (projected[k] as number);
      hat += u * u * share;
    });
    squares += (target - fitted) ** 2;
    missed += ((target - fitted) / (1 - hat)) ** 2;
  });
  const freedom = 1 + shrink.reduce((sum, share) => sum + share, 0);
  const leverage = (row: readonly number[]) =>
    singular.reduce((sum, s, k) => {
      const along = row.reduce((total, value, c) => total + value * right.get(c, k), 0);
      return sum + ((along * s) / (s * s + penalty)) ** 2;
    }, 1 / n);
  const variance = squares / (n - freedom);
  return { penalty, weights, intercept: mean, means, deviations, freedom, variance, leaveOneOut: missed / n, leverage };
}
