import type { CsrMatrix } from '../sparse/index.ts';

/**
 * The scalar products of one row of a matrix with all its rows, a row at a time: one row of the matrix times its
 * transpose, by a dense accumulator (Gustavson, "Two fast algorithms for sparse matrices", ACM TOMS 4(3), 1978).
 */
export class RowProducts {
  /** After `compute`: the first `count` places name the rows whose product is not zero, and hold the products. */
  readonly rows: Int32Array;
  readonly values: Float64Array;
  count = 0;

  readonly #matrix: CsrMatrix;
  /** All zero between two calls. */
  readonly #sums: Float64Array;

  constructor(matrix: CsrMatrix) {
    this.rows = new Int32Array(matrix.rowCount);
    this.values = new Float64Array(matrix.rowCount);
    this.#matrix = matrix;
    this.#sums = new Float64Array(matrix.rowCount);
  }

  /** Products of rows in common columns are added in the order of the columns, whichever of the two rows is asked for. */
  compute(row: number): void {
    this.count = 0;
    // A row that meets few others is harvested along its way again; one that meets many, by a walk over all.
    if (this.#accumulate(row) < this.#matrix.rowCount) this.#harvestAlong(row);
    else this.#harvestAll();
  }

  /** Returns how many products were added up. */
  #accumulate(row: number): number {
    const { offsets, columns, values } = this.#matrix;
    const { offsets: starts, columns: others, values: otherValues } = this.#matrix.transpose();
    const sums = this.#sums;
    const end = offsets[row + 1] as number;
    let added = 0;
    for (let e = offsets[row] as number; e < end; e++) {
      const column = columns[e] as number;
      const value = values[e] as number;
      const first = starts[column] as number;
      const last = starts[column + 1] as number;
      added += last - first;
      for (let c = first; c < last; c++) {
        const other = others[c] as number;
        sums[other] = (sums[other] as number) + value * (otherValues[c] as number);
      }
    }
    return added;
  }

  #harvestAlong(row: number): void {
    const { offsets, columns } = this.#matrix;
    const { offsets: starts, columns: others } = this.#matrix.transpose();
    const end = offsets[row + 1] as number;
    for (let e = offsets[row] as number; e < end; e++) {
      const column = columns[e] as number;
      const last = starts[column + 1] as number;
      for (let c = starts[column] as number; c < last; c++) this.#harvest(others[c] as number);
    }
  }

  #harvestAll(): void {
    for (let other = 0; other < this.#sums.length; other++) this.#harvest(other);
  }

  #harvest(other: number): void {
    const sum = this.#sums[other] as number;
    if (sum === 0) return;
    this.rows[this.count] = other;
    this.values[this.count] = sum;
    this.count++;
    this.#sums[other] = 0;
  }
}
