import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { timestamp } from '../platform/columns.ts';

export const PayoutDetailsSchema = defineEntity({
  name: 'PayoutDetails',
  tableName: 'payout_details',
  uniques: [{ properties: ['partnerId', 'number'] }],
  properties: {
    id: p.uuid().primary(),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    /** 1, 2, 3, ... within the partner. The last one counts. */
    number: p.integer(),
    beneficiary: p.text(),
    /** Letters and digits only. */
    account: p.text(),
    bankName: p.text(),
    /** Of the bank, ISO 3166-1 alpha-2. */
    country: p.string().length(2).columnType('char(2)'),
    setBy: p.text(),
    setAt: timestamp(),
  },
});

/** Where a partner's money goes from some time on. Never changed: another account is a new version. */
export class PayoutDetails extends PayoutDetailsSchema.class {}
PayoutDetailsSchema.setClass(PayoutDetails);
