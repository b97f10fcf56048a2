export { keepStrongest } from './collect-lists.ts';
export { type CosineOptions, cosineSimilarity, rowNorms } from './cosine-similarity.ts';
export { nearestRows } from './nearest-rows.ts';
export { joinNeighbourLists, type NeighbourLists, neighbourMatrix, neighboursOf } from './neighbour-lists.ts';
export { type EarlierLists, renewLists } from './renew-lists.ts';
export type { SimilarityMeasure } from './similarity-measure.ts';
export { type WalkOptions, walkSimilarity } from './walk-similarity.ts';
