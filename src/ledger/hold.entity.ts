import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { Account } from './account.entity.ts';
import { HOLD_STATES } from './hold.state.ts';

export const HoldSchema = defineEntity({
  name: 'Hold',
  tableName: 'ledger_holds',
  indexes: [
    {
      name: 'ledger_holds_pending',
      expression: `create index "ledger_holds_pending" on "ledger_holds" ("account_id") where "state" = 'PENDING'`,
    },
    {
      name: 'ledger_holds_due',
      expression: `create index "ledger_holds_due" on "ledger_holds" ("expires_at") where "state" = 'PENDING'`,
    },
    { properties: ['accountId', 'createdAt', 'id'] },
  ],
  checks: [{ name: 'ledger_holds_amount_check', expression: 'amount_minor > 0' }],
  properties: {
    id: p.uuid().primary(),
    /** Same key and same input: the first answer. Same key and other input: refused. */
    idempotencyKey: p.text().unique(),
    /** SHA-256 over what was asked for. */
    inputHash: p.text(),
    accountId: () => p.manyToOne(Account).mapToPk().name('account_id').deleteRule('no action').updateRule('no action'),
    currency: currencyCode(),
    /** Positive: what is set aside on the account's normal side. */
    amountMinor: minorUnits(),
    /** What outside the ledger it is for, as its owner names it. */
    reference: p.text(),
    state: p.enum(HOLD_STATES),
    createdAt: timestamp(),
    /** From when on it is given back by itself; null: never. */
    expiresAt: timestamp().nullable(),
  },
});

/** Money of an account that is set aside: still there, and no longer available. Only its state ever changes. */
export class Hold extends HoldSchema.class {}
HoldSchema.setClass(Hold);
