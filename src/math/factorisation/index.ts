export { type TruncatedSvdOptions, truncatedSvd } from './truncated-svd.ts';
