export {
  CONTENT_KINDS,
  Content,
  type ContentKind,
  ContentSchema,
  LEVELS,
  type Level,
  MODULES,
  type Module,
} from './content.entity.ts';
export { LicenceOverlapError, PartnerNotActiveError, QualityRulesError } from './content.errors.ts';
export {
  type ContentRow,
  type ContentTables,
  type Demand,
  findContentsByIds,
  findOfferedIds,
  isFitForAge,
  isOffered,
  lockOfferedContents,
  type OfferedContent,
} from './content.queries.ts';
export { ContentService } from './content.service.ts';
export { CONTENT_STATES, type ContentState } from './content.state.ts';
export { type ContentDraft, defaultMinAge } from './content-draft.ts';
export { ContentLifecycleService } from './content-lifecycle.service.ts';
export type { ContentFilter } from './content-list.queries.ts';
export { ContentStepSchema } from './content-step.entity.ts';
export { ContentSupplyService } from './content-supply.service.ts';
export { Licence, LicenceSchema, WORLDWIDE } from './licence.entity.ts';
export { licenceCovers } from './licence.queries.ts';
export { QUALITY_RULES, type QualityRule } from './quality-rules.ts';
export { checkFilter, isEligible, isInFilter, MOST_RANKED, type ShelfFilter } from './shelf-filter.ts';
export { type ContentStepRow, findLicencesOfContents, findStepsOfContents, type LicenceRow } from './supply.queries.ts';
