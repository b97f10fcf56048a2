export { Coupon, CouponSchema } from './coupon.entity.ts';
export { type CouponRow, findCouponCodes } from './coupon.queries.ts';
export { CouponService, type CouponUse } from './coupon.service.ts';
export { discountsOf } from './discount.ts';
export {
  COUPON_REFUSALS,
  CouponCodeTakenError,
  CouponNotUsableError,
  type CouponRefusal,
  TaxRateSetError,
} from './pricing.errors.ts';
export { taxWithin } from './tax.ts';
export { TaxRateSchema } from './tax-rate.entity.ts';
export { findTaxPercent, type TaxRateRow } from './tax-rate.queries.ts';
export { TaxRateService } from './tax-rate.service.ts';
