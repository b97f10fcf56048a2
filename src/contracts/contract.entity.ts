import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, timestamp } from '../platform/columns.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { CONTRACT_STATES, type ContractState, contractLifecycle } from './contract.state.ts';

export const ContractSchema = defineEntity({
  name: 'Contract',
  tableName: 'contracts',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    currency: currencyCode(),
    /** IANA name. Decides in which month a sale falls. */
    timeZone: p.text(),
    state: p.enum(CONTRACT_STATES),
    createdAt: timestamp(),
  },
});

/** An agreement of the platform with one or more partners. What it says is in its versions. */
export class Contract extends ContractSchema.class {
  /** @throws IllegalTransitionError when the lifecycle has no such step. */
  moveTo(state: ContractState): void {
    assertTransition('contract', contractLifecycle, { from: this.state, to: state });
    this.state = state;
  }
}
ContractSchema.setClass(Contract);
