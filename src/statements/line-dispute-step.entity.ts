import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { LineDispute } from './line-dispute.entity.ts';
import { DISPUTE_STATES } from './line-dispute.state.ts';

export const LineDisputeStepSchema = defineEntity({
  name: 'LineDisputeStep',
  tableName: 'line_dispute_steps',
  properties: {
    id: p.uuid().primary(),
    disputeId: () => p.manyToOne(LineDispute).mapToPk().name('dispute_id').index(),
    fromState: p.enum(DISPUTE_STATES).nullable(),
    toState: p.enum(DISPUTE_STATES),
    by: p.text(),
    reason: p.text(),
    at: timestamp(),
  },
});

/** One step of a dispute's lifecycle: who, when, why. Never changed. */
export class LineDisputeStep extends LineDisputeStepSchema.class {}
LineDisputeStepSchema.setClass(LineDisputeStep);
