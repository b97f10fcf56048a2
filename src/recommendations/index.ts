export { ContentNeighbours, ContentNeighboursSchema } from './content-neighbours.entity.ts';
export { ContentPopularity, ContentPopularitySchema } from './content-popularity.entity.ts';
export { type FeedItem, FeedService, MOST_SIMILAR } from './feed.service.ts';
export type { FeedFilter } from './feed-filter.ts';
export { type FeedReason, REASON_KINDS, type ReasonKind } from './feed-reason.ts';
export { ModelPointer, ModelPointerSchema } from './model-pointer.entity.ts';
export { MODEL_NAMES, type ModelName, ModelVersion, ModelVersionSchema } from './model-version.entity.ts';
export type { SimilarContent } from './similar-content.queries.ts';
export { SimilarityService, type TrainingReport } from './similarity.service.ts';
