import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { PAYOUT_STATES, type PayoutState, payoutLifecycle } from './payout.state.ts';
import { PayoutBatch } from './payout-batch.entity.ts';
import { PayoutDetails } from './payout-details.entity.ts';

export const PayoutSchema = defineEntity({
  name: 'Payout',
  tableName: 'payouts',
  uniques: [{ properties: ['batchId', 'partnerId'] }],
  indexes: [{ properties: ['partnerId', 'createdAt', 'id'] }, { properties: ['createdAt', 'id'] }],
  checks: [{ name: 'payouts_amount_check', expression: 'amount_minor > 0' }],
  properties: {
    id: p.uuid().primary(),
    batchId: () => p.manyToOne(PayoutBatch).mapToPk().name('batch_id'),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    currency: currencyCode(),
    amountMinor: minorUnits(),
    /** Where it goes: the version of the details that was approved. */
    detailsId: () => p.manyToOne(PayoutDetails).mapToPk().name('details_id'),
    /** The ledger's hold that keeps the money for it. */
    holdId: p.uuid().unique(),
    state: p.enum(PAYOUT_STATES),
    createdAt: timestamp(),
  },
});

/** Money on its way to one partner. */
export class Payout extends PayoutSchema.class {
  /** @throws IllegalTransitionError when the lifecycle has no such step. */
  moveTo(state: PayoutState): void {
    assertTransition('payout', payoutLifecycle, { from: this.state, to: state });
    this.state = state;
  }
}
PayoutSchema.setClass(Payout);
