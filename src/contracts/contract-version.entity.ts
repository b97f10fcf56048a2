import { defineEntity, p } from '@mikro-orm/core';
import { ROUNDING_RULES } from '../math/allocation/index.ts';
import { timestamp } from '../platform/columns.ts';
import { invariant } from '../shared/invariant.ts';
import { Contract } from './contract.entity.ts';

/** How the campaign pool is shared among the touchpoints before a sale. */
export const POOL_MODELS = ['LAST_TOUCH', 'LINEAR'] as const;
export type PoolModel = (typeof POOL_MODELS)[number];

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
    /** What the version changes and why, for people. */
    note: p.text(),
    proposedAt: timestamp(),
    proposedBy: p.text(),
  },
});

/** What a contract says from one instant on. Its words never change: an amendment is a new version. */
export class ContractVersion extends ContractVersionSchema.class {
  /** The last party has accepted. */
  record(at: Date): void {
    invariant(!this.recordedAt, `version ${this.id} is recorded once`);
    this.recordedAt = at;
  }
}
ContractVersionSchema.setClass(ContractVersion);
