export { allocate, DEFAULT_ROUNDING_RULE, ROUNDING_RULES, type RoundingRule } from './allocate.ts';
export { allocateRefund, type RefundInput } from './allocate-refund.ts';
export { AllocationInputError } from './allocation-input-error.ts';
export type { AllocationShare, AppliedPercentage, Derivation, Party } from './allocation-share.ts';
export { type AmountFormat, explainShare } from './explain-share.ts';
export type { TouchpointCredit } from './pay-claims.ts';
export { formatRatio, parsePercentage, parseRatio, type Ratio, ratio, sumRatios } from './ratio.ts';
export { SALE_COSTS, type SaleCost, type SaleFacts } from './sale-facts.ts';
export { type SplitInput, splitSale } from './split-sale.ts';
export {
  assertWaterfall,
  type Beneficiary,
  type DeductionTerm,
  type PercentageBasis,
  type PercentageTerm,
  type WaterfallTerm,
} from './waterfall-terms.ts';
