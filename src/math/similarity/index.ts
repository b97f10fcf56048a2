export { type CosineOptions, cosineSimilarity, DEFAULT_COSINE_OPTIONS } from './cosine-similarity.ts';
export {
  joinNeighbourLists,
  type NeighbourLists,
  neighbourMatrix,
  neighboursOf,
  type RowBlock,
} from './neighbour-lists.ts';
export type { SimilarityMeasure } from './similarity-measure.ts';
