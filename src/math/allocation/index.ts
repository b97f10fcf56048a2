export { allocate, ROUNDING_RULES, type RoundingRule } from './allocate.ts';
export { allocateRefund } from './allocate-refund.ts';
export { AllocationInputError } from './allocation-input-error.ts';
export type { AllocationShare, Party } from './allocation-share.ts';
export { assertWaterfall } from './assert-waterfall.ts';
export { explainShare } from './explain-share.ts';
export { guaranteeTopUp } from './guarantee-top-up.ts';
export { formatRatio, parsePercentage, parseRatio, type Ratio, ratio, sumRatios } from './ratio.ts';
export { SALE_COSTS, type SaleCost, type SaleFacts } from './sale-facts.ts';
export { type SplitInput, splitSale } from './split-sale.ts';
export type { TouchpointCredit } from './touchpoint-credit.ts';
export type {
  AdvanceTerm,
  Beneficiary,
  DeductionTerm,
  FlatTerm,
  PercentageTerm,
  ShareTerm,
  Tier,
  TieredTerm,
  WaterfallTerm,
} from './waterfall-terms.ts';
