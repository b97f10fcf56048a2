export { baselinePredictor, DEFAULT_BIAS_OPTIONS } from './baseline.predictor.ts';
export { bayesMfPredictor, DEFAULT_BAYES_MF_OPTIONS } from './bayes-mf.predictor.ts';
export { DEFAULT_MF_OPTIONS, mfPredictor } from './mf.predictor.ts';
export type { RatingModel, RatingPredictor } from './rating-predictor.ts';
export type { RatingData } from './rating-table.ts';
export { DEFAULT_SVDPP_OPTIONS, svdppPredictor } from './svdpp.predictor.ts';
