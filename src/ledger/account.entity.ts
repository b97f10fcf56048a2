import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, timestamp } from '../platform/columns.ts';

export const ACCOUNT_KINDS = ['ASSET', 'LIABILITY', 'REVENUE', 'EXPENSE'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** Whether postings may take what is available below zero. */
export const OVERDRAFTS = ['ALLOWED', 'FORBIDDEN'] as const;
export type Overdraft = (typeof OVERDRAFTS)[number];

/** Kinds whose balance grows by credits. */
const CREDIT_KINDS: readonly AccountKind[] = ['LIABILITY', 'REVENUE'];

/** A sum of postings, debit positive, as it counts on the normal side of an account of this kind. */
export function onNormalSide(kind: AccountKind, amountMinor: bigint): bigint {
  return CREDIT_KINDS.includes(kind) ? -amountMinor : amountMinor;
}

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
    /** As it was opened: it never changes. */
    overdraft: p.enum(OVERDRAFTS).default('ALLOWED'),
  },
});

/** A place where money of one currency is counted. It keeps no balance: the postings are the balance. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);
