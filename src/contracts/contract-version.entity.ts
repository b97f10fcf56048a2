import { defineEntity, p } from '@mikro-orm/core';
import { ROUNDING_RULES } from '../math/allocation/index.ts';
import type { AttributionModelName } from '../math/attribution/index.ts';
import { Partner } from '../partners/index.ts';
import { timestamp } from '../platform/columns.ts';
import { invariant } from '../shared/invariant.ts';
import { Contract } from './contract.entity.ts';

/**
 * How the campaign pool is shared among the touchpoints before a sale: by models that look at nothing but the buyer's own
 * way. MARKOV is none of them: it learns anew every day from what others do, so that no party could check its part.
 */
export const POOL_MODELS = [
  'FIRST_TOUCH',
  'LAST_TOUCH',
  'LINEAR',
  'POSITION',
  'TIME_DECAY',
  'SHAPLEY',
] as const satisfies readonly AttributionModelName[];
export type PoolModel = (typeof POOL_MODELS)[number];

/** From how much on a partner is paid out, in a currency. */
export interface PayoutMinimum {
  readonly currency: string;
  /** Minor units as text: JSON numbers lose cents past 2^53. */
  readonly amount: string;
}

export const ContractVersionSchema = defineEntity({
  name: 'ContractVersion',
  tableName: 'contract_versions',
  uniques: [{ properties: ['contractId', 'number'] }],
  properties: {
    id: p.uuid().primary(),
    contractId: () => p.manyToOne(Contract).mapToPk().name('contract_id'),
    /** 1, 2, 3, ... within the contract. */
    number: p.integer(),
    /** First instant whose sales this version splits. */
    effectiveFrom: timestamp(),
    /** When the last party accepted, from which on the version is known to hold. Absent: proposed only. */
    recordedAt: timestamp().nullable(),
    rounding: p.enum(ROUNDING_RULES),
    poolModel: p.enum(POOL_MODELS),
    /** How long what a partner earned is kept back before it can be paid out, for what may have to be returned. */
    holdDays: p.integer(),
    /** One a currency at most; none is none. */
    payoutMinimums: p.json<readonly PayoutMinimum[]>(),
    /** What the version changes and why, for people. */
    note: p.text(),
    proposedAt: timestamp(),
    proposedBy: p.text(),
    /** The party that put it on the table; absent for the platform. Whoever puts it there has signed it by that. */
    proposerId: () => p.manyToOne(Partner).mapToPk().name('proposer_id').nullable(),
    /** When it was taken off the table unsigned, by whom and why. */
    withdrawnAt: timestamp().nullable(),
    withdrawnBy: p.text().nullable(),
    withdrawalReason: p.text().nullable(),
  },
});

/** What a contract says from one instant on. Its words never change: an amendment is a new version. */
export class ContractVersion extends ContractVersionSchema.class {
  /** The last party has accepted. */
  record(at: Date): void {
    invariant(!this.recordedAt && !this.withdrawnAt, `version ${this.id} is recorded once`);
    this.recordedAt = at;
  }

  /** Taken off the table before everybody has signed. */
  withdraw({ at, by, reason }: { at: Date; by: string; reason: string }): void {
    invariant(!this.recordedAt && !this.withdrawnAt, `version ${this.id} is on the table`);
    this.withdrawnAt = at;
    this.withdrawnBy = by;
    this.withdrawalReason = reason;
  }
}
ContractVersionSchema.setClass(ContractVersion);
