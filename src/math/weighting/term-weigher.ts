import { assertAtLeast, assertFinite, assertInput } from '../assert.ts';
import { CsrMatrix, type SparseRow } from '../sparse/index.ts';

export const TERM_WEIGHTINGS = ['none', 'tf-idf', 'bm25'] as const;

export type TermWeighting = (typeof TERM_WEIGHTINGS)[number];

export interface TermWeightingOptions {
  readonly weighting: TermWeighting;
  /** For BM25: how late a value saturates, in units of the values; from 0, at which only presence counts. */
  readonly bm25K1: number;
  /** For BM25: how far values are measured by the length of their document, from 0 (not at all) to 1 (in full). */
  readonly bm25B: number;
}

export const DEFAULT_TERM_WEIGHTING: TermWeightingOptions = { weighting: 'none', bm25K1: 1.2, bm25B: 0.75 };

/**
 * Weighs a matrix as if its rows were documents and its columns terms, so that what few share says more than what
 * everybody has. With f the value of a term in a document, N the documents and n those with the term:
 *
 * - tf-idf: sqrt(f) idf
 * - bm25: f (k1 + 1) / (k1 (1 - b + b length / mean length) + f) idf, where the length of a document is the sum of its
 *   values
 * - idf = log(1 + N / (1 + n))
 *
 * Ferrari Dacrema, Boglio, Cremonesi, Jannach, "A Troubling Analysis", TOIS 2021, use log(N / (1 + n)), which turns
 * against a term that every document has; the 1 keeps it above zero and moves rare terms by next to nothing. Empty
 * documents count neither for N nor for the mean length. A negative value keeps its sign, and counts by its size.
 *
 * @throws RangeError for an option out of bounds.
 */
export class TermWeigher {
  /** The documents, weighed. The matrix itself where there is nothing to weigh. */
  readonly weighted: CsrMatrix;
  readonly #options: TermWeightingOptions;
  readonly #idf: Float64Array;
  readonly #lengths: Float64Array;
  readonly #meanLength: number;

  constructor(documents: CsrMatrix, options: TermWeightingOptions) {
    assertAtLeast('bm25K1', options.bm25K1, 0);
    assertInput(options.bm25B >= 0 && options.bm25B <= 1, `bm25B must be from 0 to 1, not ${options.bm25B}`);
    this.#options = options;
    this.#lengths = documentLengths(documents);
    const filled = Math.max(1, countFilled(documents));
    this.#meanLength = this.#lengths.reduce((sum, length) => sum + length, 0) / filled;
    this.#idf = inverseFrequencies(documents, filled);
    this.weighted = options.weighting === 'none' ? documents : this.#weighAll(documents);
  }

  /** A document that need not be one of the matrix, as the matrix would have been weighed. Its terms must be known. */
  weighDocument({ indices, values }: SparseRow): Float64Array {
    const length = lengthOf(values);
    return Float64Array.from(indices, (term, p) => this.#weigh(term, values[p] as number, length));
  }

  /** A term that stands in no document of the matrix, over the documents that have it; its idf is left out. */
  weighTerm({ indices, values }: SparseRow): Float64Array {
    return Float64Array.from(indices, (document, p) =>
      this.#damp(values[p] as number, this.#lengths[document] as number),
    );
  }

  #weighAll(documents: CsrMatrix): CsrMatrix {
    const { rowCount, columnCount, offsets, columns } = documents;
    const values = new Float64Array(columns.length);
    for (let row = 0; row < rowCount; row++) {
      const length = this.#lengths[row] as number;
      const end = offsets[row + 1] as number;
      for (let e = offsets[row] as number; e < end; e++) {
        values[e] = this.#weigh(columns[e] as number, documents.values[e] as number, length);
      }
    }
    return CsrMatrix.fromParts({ rowCount, columnCount, offsets, columns, values });
  }

  #weigh(term: number, value: number, length: number): number {
    if (this.#options.weighting === 'none') return value;
    return this.#damp(value, length) * (this.#idf[term] as number);
  }

  #damp(value: number, length: number): number {
    const { weighting, bm25K1, bm25B } = this.#options;
    if (weighting === 'none' || value === 0) return value;
    if (weighting === 'tf-idf') return Math.sign(value) * Math.sqrt(Math.abs(value));
    const relativeLength = this.#meanLength > 0 ? length / this.#meanLength : 1;
    return (value * (bm25K1 + 1)) / (bm25K1 * (1 - bm25B + bm25B * relativeLength) + Math.abs(value));
  }
}

function documentLengths(documents: CsrMatrix): Float64Array {
  const lengths = Float64Array.from({ length: documents.rowCount }, (_, row) => lengthOf(documents.row(row).values));
  assertFinite('the length of the row', lengths);
  return lengths;
}

function lengthOf(values: ArrayLike<number>): number {
  let length = 0;
  for (let p = 0; p < values.length; p++) length += Math.abs(values[p] as number);
  return length;
}

function countFilled({ rowCount, offsets }: CsrMatrix): number {
  let filled = 0;
  for (let row = 0; row < rowCount; row++) if (offsets[row + 1] !== offsets[row]) filled++;
  return filled;
}

function inverseFrequencies({ columnCount, columns }: CsrMatrix, documentCount: number): Float64Array {
  const idf = new Float64Array(columnCount);
  for (const term of columns) idf[term] = (idf[term] as number) + 1;
  return idf.map((count) => Math.log(1 + documentCount / (1 + count)));
}
