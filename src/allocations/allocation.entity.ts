import { defineEntity, p } from '@mikro-orm/core';
import { ContractVersion } from '../contracts/index.ts';
import { LedgerTransaction } from '../ledger/index.ts';
import { OrderItem, Refund } from '../orders/index.ts';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';

export const ALLOCATION_KINDS = ['SALE', 'REFUND'] as const;
export type AllocationKind = (typeof ALLOCATION_KINDS)[number];

/** Everything that a split was computed from beside the contract version, kept so that it can be computed again. */
export type AllocationFacts = SaleAllocationFacts | RefundAllocationFacts;

/** Amounts are whole numbers of minor units, as text: JSON numbers lose cents past 2^53. */
export interface SaleAllocationFacts {
  readonly kind: 'SALE';
  readonly provider: string;
  readonly ownerPartnerId: string;
  readonly grossMinor: string;
  readonly taxMinor: string;
  readonly providerFeeMinor: string;
  readonly credits: readonly CreditFacts[];
}

/** What one touchpoint had earned of the sale when it was split. */
export interface CreditFacts {
  readonly touchpointId: string;
  readonly partnerId: string;
  readonly campaignId: string;
  readonly channel: string;
  /** In lowest terms: `1/3`. */
  readonly credit: string;
}

export interface RefundAllocationFacts {
  readonly kind: 'REFUND';
  readonly provider: string;
  readonly saleAllocationId: string;
  /** What the item's buyer had got back before this refund, and after it. */
  readonly refundedBeforeMinor: string;
  readonly refundedAfterMinor: string;
}

export const AllocationSchema = defineEntity({
  name: 'Allocation',
  tableName: 'allocations',
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(ALLOCATION_KINDS),
    orderItemId: () => p.manyToOne(OrderItem).mapToPk().name('order_item_id'),
    /** The refund, when it is one. */
    refundId: () => p.manyToOne(Refund).mapToPk().name('refund_id').nullable(),
    contractVersionId: () => p.manyToOne(ContractVersion).mapToPk().name('contract_version_id'),
    ledgerTransactionId: () => p.manyToOne(LedgerTransaction).mapToPk().name('ledger_transaction_id').unique(),
    /** The sale or refund that is split: positive for a sale, negative for a refund. */
    amountMinor: minorUnits(),
    currency: currencyCode(),
    /** Month in the contract's time zone in which it counts, `2026-10`. */
    period: p.string().length(7).columnType('char(7)'),
    effectiveAt: timestamp(),
    facts: p.json<AllocationFacts>(),
    createdAt: timestamp(),
  },
  indexes: [
    {
      name: 'allocations_one_sale_an_item',
      expression:
        'create unique index "allocations_one_sale_an_item" on "allocations" ("order_item_id") where "refund_id" is null',
    },
    {
      name: 'allocations_one_an_item_and_refund',
      expression:
        'create unique index "allocations_one_an_item_and_refund" on "allocations" ("order_item_id", "refund_id")',
    },
  ],
});

/** One sale of one content, or its refund, split among the parties. Never changed. */
export class Allocation extends AllocationSchema.class {}
AllocationSchema.setClass(Allocation);
