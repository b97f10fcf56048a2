export { CsrMatrix, type SparseRow } from './csr-matrix.ts';
export type { Triplets } from './csr-parts.ts';
