import type { SparseRow } from '../sparse/index.ts';

export interface PreferenceTerms {
  /** How much more than 1 the confidence in an interaction is, for each unit of its weight. */
  readonly alpha: number;
  /** Penalty on the squares of the solution, above 0. */
  readonly ridge: number;
  /** Steps at most, from 1. */
  readonly steps: number;
}

/** Relative energy of the error at which no step helps any more. */
const CONVERGED = 1e-26;

/**
 * The taste x of somebody, given factors V of all items: it minimises sum over all items of c_i (p_i - v_i . x)^2 +
 * ridge |x|^2, where c_i = 1 + alpha |w_i|, and p_i is 1 for the items of a positive weight, else 0. The columns of V must
 * be orthogonal, with squared lengths in `spectrum`: what all items say together is a diagonal then, and a step takes
 * time in the length of the history times the factors. By conjugate gradients, preconditioned with the diagonal; from
 * zero, after about as many steps as the history has items, the solution is exact to rounding.
 *
 * Sources: Hu, Koren, Volinsky, "Collaborative filtering for implicit feedback datasets", ICDM 2008; Takacs, Pilaszy,
 * Tikk, "Applications of the conjugate gradient method for implicit feedback collaborative filtering", RecSys 2011.
 */
export class PreferenceSolver {
  readonly #factors: Float64Array;
  readonly #spectrum: Float64Array;
  readonly #diagonal: Float64Array;
  readonly #residual: Float64Array;
  readonly #direction: Float64Array;
  readonly #image: Float64Array;

  /** @param factors Items by factors, by rows. */
  constructor(factors: Float64Array, spectrum: Float64Array) {
    this.#factors = factors;
    this.#spectrum = spectrum;
    this.#diagonal = new Float64Array(spectrum.length);
    this.#residual = new Float64Array(spectrum.length);
    this.#direction = new Float64Array(spectrum.length);
    this.#image = new Float64Array(spectrum.length);
  }

  /** @param x One number for each factor: where to begin before, the solution afterwards. */
  solve(row: SparseRow, x: Float64Array, terms: PreferenceTerms): void {
    this.#open(row, x, terms);
    const [diagonal, residual, direction] = [this.#diagonal, this.#residual, this.#direction];
    let energy = 0;
    for (let k = 0; k < x.length; k++) {
      const r = residual[k] as number;
      direction[k] = r / (diagonal[k] as number);
      energy += r * (direction[k] as number);
    }
    const enough = energy * CONVERGED;
    for (let step = 0; step < terms.steps && energy > enough; step++) {
      const length = energy / this.#applyTo(row, terms);
      const before = energy;
      energy = 0;
      for (let k = 0; k < x.length; k++) {
        x[k] = (x[k] as number) + length * (direction[k] as number);
        const r = (residual[k] as number) - length * (this.#image[k] as number);
        residual[k] = r;
        energy += (r * r) / (diagonal[k] as number);
      }
      const turn = energy / before;
      for (let k = 0; k < x.length; k++) {
        direction[k] = (residual[k] as number) / (diagonal[k] as number) + turn * (direction[k] as number);
      }
    }
  }

  /** Residual and diagonal of the system at x. */
  #open({ indices, values }: SparseRow, x: Float64Array, { alpha, ridge }: PreferenceTerms): void {
    const [factors, diagonal, residual] = [this.#factors, this.#diagonal, this.#residual];
    const width = x.length;
    for (let k = 0; k < width; k++) {
      const own = (this.#spectrum[k] as number) + ridge;
      diagonal[k] = own;
      residual[k] = -own * (x[k] as number);
    }
    for (let e = 0; e < indices.length; e++) {
      const at = (indices[e] as number) * width;
      const surplus = alpha * Math.abs(values[e] as number);
      const wanted = (values[e] as number) > 0 ? 1 + surplus : 0;
      const pull = wanted - surplus * dot(factors, at, x);
      for (let k = 0; k < width; k++) {
        const factor = factors[at + k] as number;
        residual[k] = (residual[k] as number) + pull * factor;
        diagonal[k] = (diagonal[k] as number) + surplus * factor * factor;
      }
    }
  }

  /** The system times the direction; returns the direction's energy in it. */
  #applyTo({ indices, values }: SparseRow, { alpha, ridge }: PreferenceTerms): number {
    const [factors, direction, image] = [this.#factors, this.#direction, this.#image];
    const width = direction.length;
    for (let k = 0; k < width; k++) image[k] = ((this.#spectrum[k] as number) + ridge) * (direction[k] as number);
    for (let e = 0; e < indices.length; e++) {
      const at = (indices[e] as number) * width;
      const scale = alpha * Math.abs(values[e] as number) * dot(factors, at, direction);
      for (let k = 0; k < width; k++) image[k] = (image[k] as number) + scale * (factors[at + k] as number);
    }
    return dot(image, 0, direction);
  }
}

/** Four sums, so that an addition need not wait for the one before it. */
function dot(rows: Float64Array, at: number, vector: Float64Array): number {
  const width = vector.length;
  const whole = width - (width % 4);
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let k = 0; k < whole; k += 4) {
    s0 += (rows[at + k] as number) * (vector[k] as number);
    s1 += (rows[at + k + 1] as number) * (vector[k + 1] as number);
    s2 += (rows[at + k + 2] as number) * (vector[k + 2] as number);
    s3 += (rows[at + k + 3] as number) * (vector[k + 3] as number);
  }
  for (let k = whole; k < width; k++) s0 += (rows[at + k] as number) * (vector[k] as number);
  return s0 + s1 + (s2 + s3);
}
