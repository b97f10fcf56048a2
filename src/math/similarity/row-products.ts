import { assertInput } from '../assert.ts';
import type { CsrMatrix } from '../sparse/index.ts';

/**
 * The product of two sparse matrices, a row at a time: a row of the left one times the right one, by a dense accumulator
 * (Gustavson, "Two fast algorithms for sparse matrices", ACM TOMS 4(3), 1978). Where both matrices hold nothing but ones
 * the values are not read, which gives the same sums to the bit.
 */
export class RowProducts {
  /** After `compute`: the first `count` places name the columns whose sum is not zero, and hold the sums. */
  readonly columns: Int32Array;
  readonly values: Float64Array;
  count = 0;

  readonly #left: CsrMatrix;
  readonly #right: CsrMatrix;
  /** All zero between two calls. */
  readonly #sums: Float64Array;

  /** @throws RangeError when the shapes do not fit. */
  constructor(left: CsrMatrix, right: CsrMatrix) {
    assertInput(
      left.columnCount === right.rowCount,
      'the left matrix must have a column for each row of the right one',
    );
    this.columns = new Int32Array(right.columnCount);
    this.values = new Float64Array(right.columnCount);
    this.#left = left;
    this.#right = right;
    this.#sums = new Float64Array(right.columnCount);
  }

  /** Each sum adds its products in the order of the columns of the left row. */
  compute(row: number): void {
    this.count = 0;
    const product = { left: this.#left, right: this.#right, row, sums: this.#sums };
    const added = this.#left.isBinary && this.#right.isBinary ? countShared(product) : addProducts(product);
    // A row that meets few columns is harvested along its way again; one that meets many, by a walk over all.
    this.count = added < this.#sums.length ? this.#harvestAlong(row) : this.#harvestAll();
  }

  /** Returns how many sums there are. The loops keep to local names: fields would be read and written at every step. */
  #harvestAlong(row: number): number {
    const { offsets, columns } = this.#left;
    const { offsets: starts, columns: others } = this.#right;
    const sums = this.#sums;
    const { columns: found, values } = this;
    const end = offsets[row + 1] as number;
    let count = 0;
    for (let e = offsets[row] as number; e < end; e++) {
      const shared = columns[e] as number;
      const last = starts[shared + 1] as number;
      for (let c = starts[shared] as number; c < last; c++) {
        const column = others[c] as number;
        const sum = sums[column] as number;
        if (sum === 0) continue;
        found[count] = column;
        values[count] = sum;
        count++;
        sums[column] = 0;
      }
    }
    return count;
  }

  #harvestAll(): number {
    const sums = this.#sums;
    const { columns: found, values } = this;
    let count = 0;
    for (let column = 0; column < sums.length; column++) {
      const sum = sums[column] as number;
      if (sum === 0) continue;
      found[count] = column;
      values[count] = sum;
      count++;
    }
    sums.fill(0);
    return count;
  }
}

interface RowProduct {
  readonly left: CsrMatrix;
  readonly right: CsrMatrix;
  readonly row: number;
  readonly sums: Float64Array;
}

/** Returns how many products were added up. */
function addProducts({ left, right, row, sums }: RowProduct): number {
  const { offsets, columns, values } = left;
  const { offsets: starts, columns: others, values: otherValues } = right;
  const end = offsets[row + 1] as number;
  let added = 0;
  for (let e = offsets[row] as number; e < end; e++) {
    const shared = columns[e] as number;
    const value = values[e] as number;
    const first = starts[shared] as number;
    const last = starts[shared + 1] as number;
    added += last - first;
    for (let c = first; c < last; c++) {
      const other = others[c] as number;
      sums[other] = (sums[other] as number) + value * (otherValues[c] as number);
    }
  }
  return added;
}

/** The same for matrices of ones. */
function countShared({ left, right, row, sums }: RowProduct): number {
  const { offsets, columns } = left;
  const { offsets: starts, columns: others } = right;
  const end = offsets[row + 1] as number;
  let added = 0;
  for (let e = offsets[row] as number; e < end; e++) {
    const shared = columns[e] as number;
    const first = starts[shared] as number;
    const last = starts[shared + 1] as number;
    added += last - first;
    for (let c = first; c < last; c++) {
      const other = others[c] as number;
      sums[other] = (sums[other] as number) + 1;
    }
  }
  return added;
}
