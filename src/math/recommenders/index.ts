export { blendRecommender, DEFAULT_BLEND_OPTIONS } from './blend.recommender.ts';
export { DEFAULT_EASE_OPTIONS, DEFAULT_EDLAE_OPTIONS, easeRecommender } from './ease.recommender.ts';
export { DEFAULT_FM_OPTIONS, fmRecommender } from './fm.recommender.ts';
export { DEFAULT_IALS_OPTIONS, ialsRecommender } from './ials.recommender.ts';
export { DEFAULT_ITEM_KNN_OPTIONS, itemKnnModel, itemKnnRecommender } from './item-knn.recommender.ts';
export { popularityModel, popularityRecommender } from './popularity.recommender.ts';
export { DEFAULT_PURE_SVD_OPTIONS, pureSvdRecommender } from './puresvd.recommender.ts';
export {
  DEFAULT_P3ALPHA_OPTIONS,
  DEFAULT_RP3BETA_OPTIONS,
  p3alphaRecommender,
  rp3betaRecommender,
} from './random-walk.recommender.ts';
export type { Recommender, RecommenderModel } from './recommender.ts';
export { DEFAULT_USER_KNN_OPTIONS, userKnnRecommender } from './user-knn.recommender.ts';
