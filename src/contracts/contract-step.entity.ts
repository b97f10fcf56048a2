import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { Contract } from './contract.entity.ts';
import { CONTRACT_STATES } from './contract.state.ts';

export const ContractStepSchema = defineEntity({
  name: 'ContractStep',
  tableName: 'contract_steps',
  properties: {
    id: p.uuid().primary(),
    contractId: () => p.manyToOne(Contract).mapToPk().name('contract_id').index(),
    fromState: p.enum(CONTRACT_STATES).nullable(),
    toState: p.enum(CONTRACT_STATES),
    by: p.text(),
    reason: p.text(),
    at: timestamp(),
  },
});

/** One step of a contract's lifecycle: who, when, why. Never changed. */
export class ContractStep extends ContractStepSchema.class {}
ContractStepSchema.setClass(ContractStep);
