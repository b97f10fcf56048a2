import type { SparseRow } from '../sparse/index.ts';
import { type FactorisationMachineParts, machineLogOdds } from './factorisation-machine.ts';
import { logistic } from './logistic.ts';

/** Slopes of the loss of one example; `weights` and `factors` follow the features of the example, not all features. */
export interface MachineGradient {
  bias: number;
  readonly weights: Float64Array;
  readonly factors: Float64Array;
}

/** Room for the gradients of examples with at most these many features, and for what they are computed from. */
export function gradientRoom(featuresAtMost: number, factorCount: number): MachineGradient & { sums: Float64Array } {
  return {
    bias: 0,
    weights: new Float64Array(featuresAtMost),
    factors: new Float64Array(featuresAtMost * factorCount),
    sums: new Float64Array(factorCount),
  };
}

/**
 * The gradient of the logistic loss at one example: with d = the example's weight times
 * (p - label), it is d for the bias, d x_i for a weight, and d x_i (sum over j of v_jf x_j - v_if x_i) for a factor.
 */
export function writeGradient(
  parts: FactorisationMachineParts,
  { row, label, weight = 1 }: { row: SparseRow; label: number; weight?: number },
  into: ReturnType<typeof gradientRoom>,
): void {
  const { factorCount: k, factors } = parts;
  const { indices, values } = row;
  const slope = weight * (logistic(machineLogOdds(parts, row, into.sums)) - label);
  into.bias = slope;
  for (let p = 0; p < indices.length; p++) {
    const x = values[p] as number;
    into.weights[p] = slope * x;
    const start = (indices[p] as number) * k;
    for (let f = 0; f < k; f++) {
      const others = (into.sums[f] as number) - (factors[start + f] as number) * x;
      into.factors[p * k + f] = slope * x * others;
    }
  }
}
