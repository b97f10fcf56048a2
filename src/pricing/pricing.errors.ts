import { DomainError } from '../shared/domain-error.ts';

export const COUPON_REFUSALS = [
  'UNKNOWN',
  'TOO_EARLY',
  'EXPIRED',
  'USED_UP',
  'OTHER_CURRENCY',
  'OTHER_CONTENTS',
] as const;
/** Why a coupon makes nothing cheaper. */
export type CouponRefusal = (typeof COUPON_REFUSALS)[number];

const MESSAGES: Readonly<Record<CouponRefusal, string>> = {
  UNKNOWN: 'There is no such coupon.',
  TOO_EARLY: 'The coupon cannot be used yet.',
  EXPIRED: 'The coupon cannot be used any more.',
  USED_UP: 'The coupon was used as often as it may be.',
  OTHER_CURRENCY: 'The coupon is for prices in another currency.',
  OTHER_CONTENTS: 'The coupon makes none of these contents cheaper.',
};

export class CouponNotUsableError extends DomainError {
  readonly code = 'COUPON_NOT_USABLE';
  readonly reason: CouponRefusal;

  constructor(reason: CouponRefusal) {
    super(MESSAGES[reason]);
    this.reason = reason;
  }
}

/** Another coupon has the code. */
export class CouponCodeTakenError extends DomainError {
  readonly code = 'COUPON_CODE_TAKEN';
  readonly couponCode: string;

  constructor(couponCode: string) {
    super(`There is a coupon "${couponCode}" already.`);
    this.couponCode = couponCode;
  }
}

/** A rate stands for what was sold under it: another one takes its place from a later instant. */
export class TaxRateSetError extends DomainError {
  readonly code = 'TAX_RATE_SET';

  constructor(country: string, validFrom: Date) {
    super(`${country} has a tax rate from ${validFrom.toISOString()} already: set the next one from a later instant.`);
  }
}
