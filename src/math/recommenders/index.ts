export { DEFAULT_ITEM_KNN_OPTIONS, itemKnnModel, itemKnnRecommender } from './item-knn.recommender.ts';
export { popularityRecommender } from './popularity.recommender.ts';
export type { Recommender, RecommenderModel } from './recommender.ts';
