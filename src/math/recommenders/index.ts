export { DEFAULT_EASE_OPTIONS, easeRecommender } from './ease.recommender.ts';
export { DEFAULT_ITEM_KNN_OPTIONS, itemKnnModel, itemKnnRecommender } from './item-knn.recommender.ts';
export { popularityRecommender } from './popularity.recommender.ts';
export { DEFAULT_PURE_SVD_OPTIONS, pureSvdRecommender } from './puresvd.recommender.ts';
export type { Recommender, RecommenderModel } from './recommender.ts';
