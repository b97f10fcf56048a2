export { type CosineOptions, cosineSimilarity } from './cosine-similarity.ts';
export { joinNeighbourLists, type NeighbourLists, neighbourMatrix, neighboursOf } from './neighbour-lists.ts';
export type { SimilarityMeasure } from './similarity-measure.ts';
