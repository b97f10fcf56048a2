import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { Contract } from './contract.entity.ts';

export const ROUNDING_RULES = ['LARGEST_REMAINDER', 'LISTED_ORDER', 'LARGEST_SHARE'] as const;

/** How the campaign pool is shared among the touchpoints before a sale. */
export const POOL_MODELS = ['LAST_TOUCH', 'LINEAR'] as const;

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
    /** When the version became known to us, accepted by every party. */
    recordedAt: timestamp(),
    rounding: p.enum(ROUNDING_RULES),
    poolModel: p.enum(POOL_MODELS),
  },
});

/** What a contract says from one instant on. Never changed: an amendment is a new version. */
export class ContractVersion extends ContractVersionSchema.class {}
ContractVersionSchema.setClass(ContractVersion);
