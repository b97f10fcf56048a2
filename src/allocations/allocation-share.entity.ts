import { defineEntity, p } from '@mikro-orm/core';
import { ContractTerm } from '../contracts/index.ts';
import { Posting } from '../ledger/index.ts';
import { Partner } from '../partners/index.ts';
import { minorUnits } from '../platform/columns.ts';
import { Allocation } from './allocation.entity.ts';

export const SHARE_PARTIES = ['PLATFORM', 'PARTNER', 'PAYMENT_PROVIDER', 'TAX_AUTHORITY', 'ADVANCE'] as const;
export type ShareParty = (typeof SHARE_PARTIES)[number];

export const AllocationShareSchema = defineEntity({
  name: 'AllocationShare',
  tableName: 'allocation_shares',
  uniques: [{ properties: ['allocationId', 'position'] }],
  indexes: [{ properties: ['partnerId', 'allocationId'] }],
  properties: {
    id: p.uuid().primary(),
    allocationId: () => p.manyToOne(Allocation).mapToPk().name('allocation_id'),
    position: p.smallint(),
    party: p.enum(SHARE_PARTIES),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id').nullable(),
    /** The clause that gave the share; absent for the provider's fee and what no clause gave away. */
    termId: () => p.manyToOne(ContractTerm).mapToPk().name('term_id').nullable(),
    /** The touchpoint that earned it, for a share of the campaign pool. */
    touchpointId: p.uuid().nullable(),
    /** Where the share stands in the ledger; absent where nothing had to be posted. */
    postingId: () => p.manyToOne(Posting).mapToPk().name('posting_id').nullable().unique(),
    /** Positive for a sale, negative for what goes back, the other way round for a cost that the party bears. */
    amountMinor: minorUnits(),
    /** What was posted for it. In a REALLOCATION the difference to what stood before, and otherwise the amount. */
    postedMinor: minorUnits(),
    /** The amount that the percentage was taken of. */
    basisMinor: minorUnits(),
    explanation: p.text(),
  },
});

/** What one party gets of an allocation, and by which clause. Never changed. */
export class AllocationShare extends AllocationShareSchema.class {}
AllocationShareSchema.setClass(AllocationShare);
