import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { Partner } from './partner.entity.ts';
import { PARTNER_STATES } from './partner.state.ts';

export const PartnerStepSchema = defineEntity({
  name: 'PartnerStep',
  tableName: 'partner_steps',
  properties: {
    id: p.uuid().primary(),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id').index(),
    fromState: p.enum(PARTNER_STATES).nullable(),
    toState: p.enum(PARTNER_STATES),
    by: p.text(),
    reason: p.text(),
    at: timestamp(),
  },
});

/** One step of a partner's lifecycle: who, when, why. Never changed. */
export class PartnerStep extends PartnerStepSchema.class {}
PartnerStepSchema.setClass(PartnerStep);
