export { COUPON_KINDS, Coupon, type CouponKind, CouponSchema } from './coupon.entity.ts';
export { TaxRate, TaxRateSchema } from './tax-rate.entity.ts';
