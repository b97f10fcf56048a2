import { assertWhole } from '../assert.ts';
import { compressTriplets, transposeParts } from './csr-kernels.ts';
import { type CsrParts, checkParts, checkTriplets, type Triplets } from './csr-parts.ts';

/** The stored entries of one row: `values[e]` stands in column `indices[e]`. */
export interface SparseRow {
  readonly indices: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/**
 * Sparse matrix in compressed rows. Immutable: nobody may write to the arrays. The columns of a row ascend strictly,
 * and every value is finite. At most 2^31 - 1 entries, rows and columns.
 */
export class CsrMatrix implements CsrParts {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly offsets: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
  #transposed: CsrMatrix | undefined;
  #isBinary: boolean | undefined;

  private constructor(parts: CsrParts) {
    this.rowCount = parts.rowCount;
    this.columnCount = parts.columnCount;
    this.offsets = parts.offsets;
    this.columns = parts.columns;
    this.values = parts.values;
  }

  /**
   * Takes over arrays that are compressed already, as they arrive from another thread. They are not copied.
   *
   * @throws RangeError when the arrays are not compressed rows of that shape.
   */
  static fromParts(parts: CsrParts): CsrMatrix {
    checkParts(parts);
    return new CsrMatrix(parts);
  }

  /**
   * Builds the matrix from entries in any order. Entries of one place are summed in the order given; a sum of zero
   * stays a stored entry.
   *
   * @throws RangeError for an index outside the shape, a value or sum that is not finite, or lists of different lengths.
   */
  static fromTriplets(triplets: Triplets): CsrMatrix {
    checkTriplets(triplets);
    return new CsrMatrix(compressTriplets(triplets));
  }

  get entryCount(): number {
    return this.columns.length;
  }

  /**
   * Views into the matrix, not copies.
   *
   * @throws RangeError when there is no such row.
   */
  row(index: number): { readonly indices: Int32Array; readonly values: Float64Array } {
    assertWhole('row', index, { min: 0, max: this.rowCount - 1 });
    const from = this.offsets[index] as number;
    const to = this.offsets[index + 1] as number;
    return { indices: this.columns.subarray(from, to), values: this.values.subarray(from, to) };
  }

  /** Whether every stored value is 1: a kernel then need not read the values. Looked up once and kept. */
  get isBinary(): boolean {
    this.#isBinary ??= holdsOnes(this.values);
    return this.#isBinary;
  }

  /** Rows and columns exchanged. Computed once and kept, since every block of a kernel asks for it. */
  transpose(): CsrMatrix {
    if (!this.#transposed) {
      this.#transposed = new CsrMatrix(transposeParts(this));
      this.#transposed.#transposed = this;
    }
    return this.#transposed;
  }

  columnSums(): Float64Array {
    const sums = new Float64Array(this.columnCount);
    for (let e = 0; e < this.columns.length; e++) {
      const column = this.columns[e] as number;
      sums[column] = (sums[column] as number) + (this.values[e] as number);
    }
    return sums;
  }
}

function holdsOnes(values: Float64Array): boolean {
  for (let e = 0; e < values.length; e++) if (values[e] !== 1) return false;
  return true;
}
