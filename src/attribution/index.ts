export { type CreditRow, type CurrentAttribution, findCurrentAttributions } from './attribution.queries.ts';
export { AttributionService, type OrderCredit } from './attribution.service.ts';
export { AttributionCredit, AttributionCreditSchema } from './attribution-credit.entity.ts';
export {
  ATTRIBUTION_MODELS,
  type AttributionModelName,
  AttributionRun,
  AttributionRunSchema,
} from './attribution-run.entity.ts';
export { toDecimals } from './credit-decimals.ts';
