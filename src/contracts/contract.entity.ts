import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, timestamp } from '../platform/columns.ts';
import { invariant } from '../shared/invariant.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { CONTRACT_STATES, type ContractState, contractLifecycle } from './contract.state.ts';

export const ContractSchema = defineEntity({
  name: 'Contract',
  tableName: 'contracts',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    /** The first of its currencies. */
    currency: currencyCode(),
    /** Sales in these are split by it, those in others are not. */
    currencies: p.array(),
    /** IANA name. Decides in which month a sale falls. */
    timeZone: p.text(),
    state: p.enum(CONTRACT_STATES),
    /** From notice to the earliest end. */
    noticeDays: p.integer(),
    /** When notice was given, from which on the end is known. */
    noticeGivenAt: timestamp().nullable(),
    /** First instant whose sales it no longer splits. Absent: no end is known. */
    endsAt: timestamp().nullable(),
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

  /** From now on its end is known. */
  announceEnd({ at, endsAt }: { at: Date; endsAt: Date }): void {
    invariant(endsAt >= at, 'a contract ends after notice is given');
    this.noticeGivenAt = at;
    this.endsAt = endsAt;
  }
}
ContractSchema.setClass(Contract);
