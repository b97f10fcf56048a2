export { baselinePredictor, DEFAULT_BIAS_OPTIONS } from './baseline.predictor.ts';
export { bayesMfPredictor, DEFAULT_BAYES_MF_OPTIONS } from './bayes-mf.predictor.ts';
export { mfPredictor, svdppPredictor } from './factor.predictor.ts';
export { DEFAULT_FACTOR_OPTIONS } from './factor-options.ts';
export type { RatingModel, RatingPredictor } from './rating-predictor.ts';
export type { RatingData } from './rating-table.ts';
