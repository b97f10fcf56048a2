import { defineEntity, p } from '@mikro-orm/core';
import { ContractVersion } from '../contracts/index.ts';
import { LedgerTransaction } from '../ledger/index.ts';
import { OrderItem } from '../orders/index.ts';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';

export const ALLOCATION_KINDS = ['SALE', 'REFUND'] as const;
export type AllocationKind = (typeof ALLOCATION_KINDS)[number];

/** Everything that a split was computed from beside the contract version, kept so that it can be computed again. */
export interface AllocationFacts {
  readonly amountMinor: string;
  readonly providerFeeMinor: string;
  readonly ownerPartnerId: string;
  readonly credits: readonly {
    readonly touchpointId: string;
    readonly partnerId: string;
    readonly campaignId: string;
    readonly channel: string;
    readonly creditNumerator: string;
    readonly creditDenominator: string;
  }[];
}

export const AllocationSchema = defineEntity({
  name: 'Allocation',
  tableName: 'allocations',
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(ALLOCATION_KINDS),
    orderItemId: () => p.manyToOne(OrderItem).mapToPk().name('order_item_id').index(),
    contractVersionId: () => p.manyToOne(ContractVersion).mapToPk().name('contract_version_id'),
    ledgerTransactionId: () => p.manyToOne(LedgerTransaction).mapToPk().name('ledger_transaction_id').index(),
    /** The sale or refund that is split: positive for a sale, negative for a refund. */
    amountMinor: minorUnits(),
    currency: currencyCode(),
    /** Month in the contract's time zone in which it counts, `2026-10`. */
    period: p.string().length(7).columnType('char(7)'),
    effectiveAt: timestamp(),
    facts: p.json<AllocationFacts>(),
    createdAt: timestamp(),
  },
});

/** One sale of one content, or its refund, split among the parties. Never changed. */
export class Allocation extends AllocationSchema.class {}
AllocationSchema.setClass(Allocation);
