export { CsrMatrix, type SparseRow } from './csr-matrix.ts';
export type { CsrParts, Triplets } from './csr-parts.ts';
