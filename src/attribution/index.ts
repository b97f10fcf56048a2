export { type CreditRow, type CurrentAttribution, findCurrentAttributions } from './attribution.queries.ts';
export { AttributionService, type OrderCredit } from './attribution.service.ts';
export { AttributionCreditSchema } from './attribution-credit.entity.ts';
export {
  ATTRIBUTION_MODELS,
  type AttributionModelName,
  AttributionRunSchema,
} from './attribution-run.entity.ts';
export { toDecimals } from './credit-decimals.ts';
