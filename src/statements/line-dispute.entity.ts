import { defineEntity, p } from '@mikro-orm/core';
import { PartnerEntry } from '../partner-accounts/index.ts';
import { Partner } from '../partners/index.ts';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { DISPUTE_STATES, type DisputeState, disputeLifecycle } from './line-dispute.state.ts';

export const LineDisputeSchema = defineEntity({
  name: 'LineDispute',
  tableName: 'line_disputes',
  uniques: [{ properties: ['partnerId', 'idempotencyKey'] }],
  indexes: [
    { properties: ['state', 'openedAt', 'id'] },
    { properties: ['partnerId', 'openedAt', 'id'] },
    {
      name: 'line_disputes_one_open',
      expression: `create unique index "line_disputes_one_open" on "line_disputes" ("posting_id") where "state" = 'OPEN'`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    /** The line, by its posting. */
    postingId: () => p.manyToOne(PartnerEntry).mapToPk().name('posting_id').index(),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    currency: currencyCode(),
    state: p.enum(DISPUTE_STATES),
    /** Why the partner thinks that the line is wrong. */
    reason: p.text(),
    /** What the line and earlier adjustments of it came to when it was disputed. */
    statedMinor: minorUnits(),
    /** What the partner thinks right. */
    claimedMinor: minorUnits(),
    /** What finance found right; set with ACCEPTED. */
    grantedMinor: minorUnits().nullable(),
    /** Why finance answered as it did. */
    answer: p.text().nullable(),
    /** The adjustment by which the line came to what finance found right. */
    adjustmentPostingId: () => p.manyToOne(PartnerEntry).mapToPk().name('adjustment_posting_id').nullable(),
    openedBy: p.text(),
    openedAt: timestamp(),
    closedAt: timestamp().nullable(),
    idempotencyKey: p.text(),
    /** SHA-256 of what was disputed: the same key with another hash is refused. */
    inputHash: p.text(),
    /** Key and hash of the answer, as above. */
    answerKey: p.text().nullable(),
    answerHash: p.text().nullable(),
  },
});

/** A partner's objection to one line, and what became of it. */
export class LineDispute extends LineDisputeSchema.class {
  /** @throws IllegalTransitionError when it is answered or withdrawn already */
  moveTo(state: DisputeState, at: Date): void {
    assertTransition('line dispute', disputeLifecycle, { from: this.state, to: state });
    this.state = state;
    this.closedAt = at;
  }
}
LineDisputeSchema.setClass(LineDispute);
