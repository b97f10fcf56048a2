import type { FactorisationMachine, FactorisationMachineParts } from './factorisation-machine.ts';

/** A machine made ready for sums: for each feature, what its factors add up to squared. */
export interface SummableMachine {
  readonly parts: FactorisationMachineParts;
  /** Sum over f of v_if^2, for each feature i. */
  readonly squares: Float64Array;
}

export function summableMachine({ parts }: FactorisationMachine): SummableMachine {
  const { featureCount, factorCount: k, factors } = parts;
  const squares = new Float64Array(featureCount);
  for (let at = 0; at < factors.length; at++) {
    const feature = Math.floor(at / k);
    squares[feature] = (squares[feature] as number) + (factors[at] as number) ** 2;
  }
  return { parts, squares };
}

/**
 * The log odds of an example that is put together feature by feature: what many examples have in common is summed up
 * once. Time of the factors for each feature. For inner loops: nothing is checked, and features must be known.
 */
export class MachineSums {
  readonly #machine: SummableMachine;
  /** For each factor, sum of v_if x_i. */
  readonly #sums: Float64Array;
  #linear = 0;
  /** Sum over all features and factors of (v_if x_i)^2. */
  #squares = 0;

  constructor(machine: SummableMachine) {
    this.#machine = machine;
    this.#sums = new Float64Array(machine.parts.factorCount);
  }

  /** Goes on from what the other, of the same machine, has summed up. */
  copy(other: MachineSums): void {
    const [sums, others] = [this.#sums, other.#sums];
    for (let f = 0; f < sums.length; f++) sums[f] = others[f] as number;
    this.#linear = other.#linear;
    this.#squares = other.#squares;
  }

  add(feature: number, value: number): void {
    this.#change(feature, value, 1);
  }

  /** The features from `feature` on, each with its value, and the one after each with 1 where the value is not 0. */
  addPairs(feature: number, values: ArrayLike<number>, count: number): void {
    const { parts, squares } = this.#machine;
    const { weights, factors } = parts;
    const sums = this.#sums;
    const k = sums.length;
    let [linear, squared] = [0, 0];
    for (let pair = 0; pair < count; pair++) {
      const value = values[pair] as number;
      if (value === 0) continue;
      const at = feature + 2 * pair;
      linear += (weights[at] as number) * value + (weights[at + 1] as number);
      squared += (squares[at] as number) * value * value + (squares[at + 1] as number);
      const from = at * k;
      for (let f = 0; f < k; f++) {
        sums[f] = (sums[f] as number) + (factors[from + f] as number) * value + (factors[from + k + f] as number);
      }
    }
    this.#linear += linear;
    this.#squares += squared;
  }

  /** Takes back what was added with the same value. */
  remove(feature: number, value: number): void {
    this.#change(feature, value, -1);
  }

  logOdds(): number {
    const sums = this.#sums;
    let squared = 0;
    for (let f = 0; f < sums.length; f++) squared += (sums[f] as number) * (sums[f] as number);
    return this.#machine.parts.bias + this.#linear + (squared - this.#squares) / 2;
  }

  #change(feature: number, value: number, sign: 1 | -1): void {
    const { parts, squares } = this.#machine;
    const { weights, factors } = parts;
    const sums = this.#sums;
    const signed = sign * value;
    this.#linear += (weights[feature] as number) * signed;
    this.#squares += (squares[feature] as number) * value * signed;
    const from = feature * sums.length;
    for (let f = 0; f < sums.length; f++) sums[f] = (sums[f] as number) + (factors[from + f] as number) * signed;
  }
}
