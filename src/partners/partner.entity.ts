import { defineEntity, p } from '@mikro-orm/core';
import { Domain } from '../domains/index.ts';
import { timestamp } from '../platform/columns.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { PARTNER_STATES, type PartnerState, partnerLifecycle } from './partner.state.ts';

export const PARTNER_KINDS = [
  'SCHOOL',
  'TRAINING_FIRM',
  'PUBLISHER',
  'MEDIA',
  'GYM',
  'TRAVEL_AGENCY',
  'BANK',
  'SHOP',
  'ENTERTAINMENT',
  'COMMUNITY',
  'OTHER',
] as const;
export type PartnerKind = (typeof PARTNER_KINDS)[number];

export const PartnerSchema = defineEntity({
  name: 'Partner',
  tableName: 'partners',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    kind: p.enum(PARTNER_KINDS),
    domainCode: () => p.manyToOne(Domain).mapToPk().name('domain_code'),
    state: p.enum(PARTNER_STATES),
    country: p.string().length(2).columnType('char(2)'),
    description: p.text(),
    /** People the partner says that it reaches. Absent: not known. */
    audienceSize: p.integer().nullable(),
    externalRef: p.text().nullable().unique(),
    createdAt: timestamp(),
  },
});

/** An organisation from some domain that brings content, audience or both. */
export class Partner extends PartnerSchema.class {
  /** @throws IllegalTransitionError when the lifecycle has no such step. */
  moveTo(state: PartnerState): void {
    assertTransition('partner', partnerLifecycle, { from: this.state, to: state });
    this.state = state;
  }
}
PartnerSchema.setClass(Partner);
