import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';

export const COUPON_KINDS = ['PERCENT', 'AMOUNT'] as const;
export type CouponKind = (typeof COUPON_KINDS)[number];

export const CouponSchema = defineEntity({
  name: 'Coupon',
  tableName: 'coupons',
  indexes: [{ properties: ['createdAt', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    /** Upper case: learners may write it as they like. */
    code: p.text().unique(),
    kind: p.enum(COUPON_KINDS),
    /** Of the prices, for PERCENT; up to 100, as a decimal. */
    percent: p.text().nullable(),
    /** Off the whole order, for AMOUNT. */
    amountMinor: minorUnits().nullable(),
    /** That of the amount. */
    currency: currencyCode().nullable(),
    /** Whose contents become cheaper; null for everybody's. */
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id').nullable(),
    /** How many orders may use it; null for any number. */
    maxUses: p.integer().nullable(),
    validFrom: timestamp(),
    /** From then on it is worth nothing; null for never. */
    validUntil: timestamp().nullable(),
    description: p.text(),
    createdBy: p.text(),
    createdAt: timestamp(),
  },
});

/** Makes what somebody orders cheaper. Who bears that is a matter of the contracts. */
export class Coupon extends CouponSchema.class {}
CouponSchema.setClass(Coupon);
