import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { Hold } from './hold.entity.ts';
import { HOLD_STATES } from './hold.state.ts';

export const HoldStepSchema = defineEntity({
  name: 'HoldStep',
  tableName: 'ledger_hold_steps',
  properties: {
    id: p.uuid().primary(),
    holdId: () => p.manyToOne(Hold).mapToPk().name('hold_id').index().deleteRule('no action').updateRule('no action'),
    fromState: p.enum(HOLD_STATES).nullable(),
    toState: p.enum(HOLD_STATES),
    by: p.text(),
    reason: p.text(),
    at: timestamp(),
  },
});

/** One step of a hold's lifecycle: who, when, why. Never changed. */
export class HoldStep extends HoldStepSchema.class {}
HoldStepSchema.setClass(HoldStep);
