import { assertInput } from '../assert.ts';
import { type TruncatedSvdOptions, truncatedSvd } from '../factorisation/index.ts';
import { CsrMatrix } from '../sparse/index.ts';

/** What was learnt from documents: directions in which their terms go together. */
export interface LatentSemantics {
  /** Directions found: fewer than wanted when the documents do not differ in more. */
  readonly rank: number;
  /**
   * Documents by directions. Dot products of rows are those of the rows given, as well as so few directions can tell;
   * with as many as the matrix has, exactly.
   */
  project(documents: CsrMatrix): CsrMatrix;
}

/**
 * Latent semantic analysis: with A = U S V' the truncated singular value decomposition of documents by terms, a document
 * x becomes x V, so that texts without a word in common are alike when their words stand with the same others.
 * Source: Deerwester and others, "Indexing by latent semantic analysis", Journal of the American Society for Information
 * Science 41(6), 1990.
 *
 * @throws RangeError for an option out of bounds; from `project`, for documents with other terms.
 */
export function latentSemantics(
  documents: CsrMatrix,
  options: Partial<TruncatedSvdOptions> & { readonly rank: number },
): LatentSemantics {
  const { rank, v } = truncatedSvd(documents, options);
  return {
    rank,
    project(others) {
      assertInput(others.columnCount === documents.columnCount, 'the documents must have the terms that were learnt');
      return project(others, { rank, v });
    },
  };
}

function project(documents: CsrMatrix, { rank, v }: { rank: number; v: Float64Array }): CsrMatrix {
  const { rowCount } = documents;
  const projected = new Float64Array(rowCount * rank);
  for (let r = 0; r < documents.rowCount; r++) {
    const { indices, values } = documents.row(r);
    const sum = projected.subarray(r * rank, (r + 1) * rank);
    for (let e = 0; e < indices.length; e++) {
      const start = (indices[e] as number) * rank;
      const value = values[e] as number;
      for (let k = 0; k < rank; k++) sum[k] = (sum[k] as number) + value * (v[start + k] as number);
    }
  }
  return CsrMatrix.fromParts({
    rowCount,
    columnCount: rank,
    offsets: Int32Array.from({ length: rowCount + 1 }, (_, r) => r * rank),
    columns: Int32Array.from(projected.keys(), (e) => e % rank),
    values: projected,
  });
}
