import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, timestamp } from '../platform/columns.ts';

export const ACCOUNT_KINDS = ['ASSET', 'LIABILITY', 'REVENUE', 'EXPENSE'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'ledger_accounts',
  uniques: [{ properties: ['code', 'currency'] }],
  properties: {
    id: p.uuid().primary(),
    /** Stable path that says whose and what: `partner:<id>:payable`. */
    code: p.text(),
    currency: currencyCode(),
    kind: p.enum(ACCOUNT_KINDS),
    createdAt: timestamp(),
  },
});

/** A place where money of one currency is counted. It keeps no balance: the postings are the balance. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);
