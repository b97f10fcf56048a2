import { defineEntity, p } from '@mikro-orm/core';
import { ContractTerm } from '../contracts/index.ts';
import { Partner } from '../partners/index.ts';
import { minorUnits } from '../platform/columns.ts';
import { Allocation } from './allocation.entity.ts';

export const SHARE_PARTIES = ['PLATFORM', 'PARTNER', 'PROVIDER'] as const;

export const AllocationShareSchema = defineEntity({
  name: 'AllocationShare',
  tableName: 'allocation_shares',
  uniques: [{ properties: ['allocationId', 'position'] }],
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
    /** Positive for a sale, negative for a refund. */
    amountMinor: minorUnits(),
    /** The amount that the percentage was taken of. */
    basisMinor: minorUnits(),
    explanation: p.text(),
  },
});

/** What one party gets of an allocation, and by which clause. Never changed. */
export class AllocationShare extends AllocationShareSchema.class {}
AllocationShareSchema.setClass(AllocationShare);
