export { ATTRIBUTION_MODEL_NAMES, type AttributionModelName } from '../math/attribution/index.ts';
export { type CreditRow, type CurrentAttribution, findCurrentAttributions } from './attribution.queries.ts';
export { AttributionService, type OrderCredit } from './attribution.service.ts';
export { AttributionRunSchema } from './attribution-run.entity.ts';
export { AttributionSumSchema } from './attribution-sum.entity.ts';
export type { JourneyModelName } from './campaign-models.ts';
export { toDecimals } from './credit-decimals.ts';
