export { ContentNeighboursSchema } from './content-neighbours.entity.ts';
export { ContentPopularitySchema } from './content-popularity.entity.ts';
export { type FeedItem, FeedService, MOST_SIMILAR } from './feed.service.ts';
export { checkFilter, type FeedFilter, isEligible } from './feed-filter.ts';
export { type FeedReason, REASON_KINDS, type ReasonKind } from './feed-reason.ts';
export { ModelPointerSchema } from './model-pointer.entity.ts';
export { ModelVersionSchema } from './model-version.entity.ts';
export type { SimilarContent } from './similar-content.queries.ts';
export { SimilarityService } from './similarity.service.ts';
