export { addProducts } from './add-products.ts';
export { factorCholesky, solveCholesky } from './cholesky.ts';
export { invertPositiveDefinite } from './invert-positive-definite.ts';
export { gramLowerTriangle } from './sparse-gram.ts';
export { transposeDense } from './transpose-dense.ts';
