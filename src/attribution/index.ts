export { ATTRIBUTION_MODEL_NAMES, type AttributionModelName } from '../math/attribution/index.ts';
export { type CreditRow, type CurrentAttribution, findCurrentAttributions } from './attribution.queries.ts';
export { AttributionService, type OrderCredit } from './attribution.service.ts';
export {
  type CreditChange,
  cellOf,
  changesOf,
  compareRuns,
  type RunComparison,
  type RunPair,
  type RunRow,
} from './attribution-history.queries.ts';
export {
  REPORT_DIMENSIONS,
  type ReportDimension,
  type ReportRow,
} from './attribution-report.queries.ts';
export { type AttributionReport, AttributionReportService } from './attribution-report.service.ts';
export { AttributionRunSchema } from './attribution-run.entity.ts';
export { AttributionRunService } from './attribution-run.service.ts';
export { AttributionSumSchema } from './attribution-sum.entity.ts';
export type { JourneyModelName } from './campaign-models.ts';
export { decimalDifference, toDecimals } from './credit-decimals.ts';
export { readJourneyPaths } from './effects/journey-paths.reader.ts';
export { RemovalEffectSchema } from './effects/removal-effect.entity.ts';
export { MAX_MARKOV_ORDER, RemovalEffectService } from './effects/removal-effect.service.ts';
export { RemovalEffectVersionSchema } from './effects/removal-effect-version.entity.ts';
export type { EffectVersionRow } from './effects/removal-effects.store.ts';
