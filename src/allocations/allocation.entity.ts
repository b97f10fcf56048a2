import { defineEntity, p } from '@mikro-orm/core';
import { ContractVersion } from '../contracts/index.ts';
import { LedgerTransaction } from '../ledger/index.ts';
import { OrderItem, Refund } from '../orders/index.ts';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import type { AllocationFacts } from './allocation-facts.ts';

/**
 * SALE: the first split of an item, one each. REALLOCATION: a split that takes the place of another one of the same
 * item. REFUND, CHARGEBACK, CHARGEBACK_REVERSAL: a part of the sale that went back, or came again.
 */
export const ALLOCATION_KINDS = ['SALE', 'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL', 'REALLOCATION'] as const;
export type AllocationKind = (typeof ALLOCATION_KINDS)[number];

export const AllocationSchema = defineEntity({
  name: 'Allocation',
  tableName: 'allocations',
  properties: {
    id: p.uuid().primary(),
    /** The order of booking. What clauses count follows it. */
    sequence: p.bigint('bigint').columnType('bigserial').autoincrement().unique(),
    kind: p.enum(ALLOCATION_KINDS),
    orderItemId: () => p.manyToOne(OrderItem).mapToPk().name('order_item_id'),
    /** The refund, when it is one. */
    refundId: () => p.manyToOne(Refund).mapToPk().name('refund_id').nullable(),
    /** The chargeback, when it is one, or its reversal. */
    chargebackId: p.uuid().nullable(),
    /** The split whose place it takes, when it is a REALLOCATION. What no other takes the place of is in effect. */
    supersedesId: () => p.oneToOne(Allocation).mapToPk().owner().name('supersedes_id').nullable(),
    contractVersionId: () => p.manyToOne(ContractVersion).mapToPk().name('contract_version_id'),
    /** Absent where nothing had to be posted. */
    ledgerTransactionId: () =>
      p.manyToOne(LedgerTransaction).mapToPk().name('ledger_transaction_id').nullable().unique(),
    /** The sum of the shares: positive for a split and a reversal, negative for what goes back. */
    amountMinor: minorUnits(),
    currency: currencyCode(),
    /** Month in the contract's time zone in which it counts, `2026-10`. */
    period: p.string().length(7).columnType('char(7)'),
    effectiveAt: timestamp(),
    facts: p.json<AllocationFacts>(),
    createdAt: timestamp(),
  },
  indexes: [
    { properties: ['contractVersionId', 'effectiveAt'] },
    {
      name: 'allocations_one_sale_an_item',
      expression: `create unique index "allocations_one_sale_an_item" on "allocations" ("order_item_id") where "kind" = 'SALE'`,
    },
    {
      name: 'allocations_one_an_item_and_refund',
      expression:
        'create unique index "allocations_one_an_item_and_refund" on "allocations" ("order_item_id", "refund_id")',
    },
    {
      name: 'allocations_one_an_item_and_chargeback',
      expression:
        'create unique index "allocations_one_an_item_and_chargeback" on "allocations" ("order_item_id", "chargeback_id", "kind") where "chargeback_id" is not null',
    },
  ],
});

/** One sale of one content, or a part of it that went back, split among the parties. Never changed. */
export class Allocation extends AllocationSchema.class {}
AllocationSchema.setClass(Allocation);
