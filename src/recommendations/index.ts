export { CatalogueChangeSchema } from './feed/catalogue-change.entity.ts';
export { FEATURES, type FeatureName } from './feed/features.ts';
export { FeedSchema } from './feed/feed.entity.ts';
export { FeedService } from './feed/feed.service.ts';
export type { FeedExplanation } from './feed/feed-explanation.ts';
export type { FeedItem } from './feed/feed-item.ts';
export type { FeedReason } from './feed/feed-reason.ts';
export { FEED_OBSTACLES, type FeedObstacle } from './feed/obstacles.queries.ts';
export { REASON_KINDS, type ReasonKind } from './feed/reason-kinds.ts';
export { Shelf } from './feed/shelf.ts';
export { MOST_SIMILAR, type SimilarContent, SimilarContentService } from './feed/similar-content.service.ts';
export { ContentTextNeighboursSchema, ModelArtifactSchema } from './model/index.ts';
export { ModelService } from './model.service.ts';
export { ModelPointerSchema } from './model-pointer.entity.ts';
export { type ModelName, ModelVersionSchema } from './model-version.entity.ts';
export { RankerService } from './ranking/ranker.service.ts';
export type { RankerMetrics } from './ranking/ranker-metrics.ts';
export { NoEarlierVersionError } from './recommendation.errors.ts';
export { SimilarityService } from './similarity.service.ts';
export type { SplitMetrics } from './training/split-metrics.ts';
export { TextPlacementService } from './training/text-placement.service.ts';
export type { ModelVersionRow, TrainingRunRow } from './training/training.queries.ts';
export { TrainingPartSchema } from './training/training-part.entity.ts';
export {
  TRAINING_KINDS,
  TRAINING_STATES,
  type TrainingKind,
  TrainingRunSchema,
  type TrainingState,
} from './training/training-run.entity.ts';
export { TrainingShardSchema } from './training/training-shard.entity.ts';
