import { defineEntity, p } from '@mikro-orm/core';
import { Contract } from '../contracts/index.ts';
import { currencyCode, minorUnits } from '../platform/columns.ts';

/** COUNTED: the basis that tiers depend on. TAKEN: what a capped share, or the recoupment of an advance, has taken. */
export const COUNTER_KINDS = ['COUNTED', 'TAKEN'] as const;

export const AllocationCounterSchema = defineEntity({
  name: 'AllocationCounter',
  tableName: 'allocation_counters',
  checks: [{ name: 'allocation_counters_amount_check', expression: 'amount_minor >= 0' }],
  properties: {
    contractId: () =>
      p.manyToOne(Contract).mapToPk().name('contract_id').deleteRule('no action').updateRule('no action').primary(),
    /** Sums of two currencies are none: each is counted apart. */
    currency: currencyCode().primary(),
    /** Number of the clause in the contract, of whatever version. */
    clause: p.text().primary(),
    /** Whose: a partner's id, PLATFORM or CAMPAIGN_POOL. */
    subject: p.text().primary(),
    /** `2026-10`, `2026-Q4`, or `ALL` for the whole contract. */
    window: p.text().primary(),
    kind: p.enum(COUNTER_KINDS).primary(),
    amountMinor: minorUnits(),
  },
});

/**
 * What a clause has counted over the sales of a window, less what was returned. It says nothing that the allocations do
 * not say, and is there so that the next sale need not add them up: it changes in the transaction that stores them.
 */
export class AllocationCounter extends AllocationCounterSchema.class {}
AllocationCounterSchema.setClass(AllocationCounter);
