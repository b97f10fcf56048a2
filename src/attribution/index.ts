export { AttributionCredit, AttributionCreditSchema } from './attribution-credit.entity.ts';
export {
  ATTRIBUTION_MODELS,
  type AttributionModelName,
  AttributionRun,
  AttributionRunSchema,
} from './attribution-run.entity.ts';
