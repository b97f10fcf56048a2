export { DEFAULT_SVD_OPTIONS, type TruncatedSvd, type TruncatedSvdOptions, truncatedSvd } from './truncated-svd.ts';
