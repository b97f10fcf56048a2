import { assertFinite, assertIndices, assertInput, assertWhole } from '../assert.ts';
import type { SparseRow } from '../sparse/index.ts';
import { logistic } from './logistic.ts';

/** What a factorisation machine is made of; enough to store it and to open it again. */
export interface FactorisationMachineParts {
  readonly featureCount: number;
  /** Numbers that describe how a feature meets others; 0 makes it a logistic regression. */
  readonly factorCount: number;
  readonly bias: number;
  readonly weights: Float64Array;
  /** By rows: `factors[feature * factorCount + f]`. */
  readonly factors: Float64Array;
}

/**
 * log odds = bias + sum over i of w_i x_i + sum over i < j of (v_i . v_j) x_i x_j, the last sum taken as
 * 1/2 sum over f of ((sum v_if x_i)^2 - sum (v_if x_i)^2), in time of the features present times factors. Immutable.
 * Source: Rendle, "Factorization Machines", ICDM 2010.
 */
export class FactorisationMachine {
  readonly #parts: FactorisationMachineParts;

  /** @throws RangeError when the lengths do not fit, or a number is not finite. */
  constructor(parts: FactorisationMachineParts) {
    const { featureCount, factorCount, bias, weights, factors } = parts;
    assertWhole('featureCount', featureCount, { min: 0 });
    assertWhole('factorCount', factorCount, { min: 0, max: 1000 });
    assertInput(weights.length === featureCount, 'there must be one weight for each feature');
    assertInput(factors.length === featureCount * factorCount, 'there must be factorCount factors for each feature');
    assertFinite('bias', [bias]);
    assertFinite('weight', weights);
    assertFinite('factor', factors);
    this.#parts = parts;
  }

  get parts(): FactorisationMachineParts {
    return this.#parts;
  }

  /** @throws RangeError for a feature that is unknown, or a value that is not finite. */
  logOdds(example: SparseRow): number {
    assertInput(example.indices.length === example.values.length, 'an example must have one value for each feature');
    assertIndices('feature', example.indices, this.#parts.featureCount);
    assertFinite('value', example.values);
    return machineLogOdds(this.#parts, example, new Float64Array(this.#parts.factorCount));
  }

  /** How likely the outcome is, within [0, 1]. @throws RangeError as `logOdds`. */
  probability(example: SparseRow): number {
    return logistic(this.logOdds(example));
  }
}

/** @param sums Written: for each factor, sum over i of v_if x_i, which the gradient needs too. */
export function machineLogOdds(parts: FactorisationMachineParts, row: SparseRow, sums: Float64Array): number {
  const { factorCount: k, weights, factors } = parts;
  const { indices, values } = row;
  let z = parts.bias;
  sums.fill(0);
  for (let p = 0; p < indices.length; p++) {
    const feature = indices[p] as number;
    const x = values[p] as number;
    z += (weights[feature] as number) * x;
    for (let f = 0; f < k; f++) {
      const part = (factors[feature * k + f] as number) * x;
      sums[f] = (sums[f] as number) + part;
      z -= (part * part) / 2;
    }
  }
  for (let f = 0; f < k; f++) z += (sums[f] as number) ** 2 / 2;
  return z;
}
