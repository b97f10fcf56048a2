import type { CsrMatrix } from '../../math/sparse/index.ts';

/** A sparse matrix as its arrays, which travel between threads and processes. */
export type MatrixParts = Pick<CsrMatrix, 'rowCount' | 'columnCount' | 'offsets' | 'columns' | 'values'>;
