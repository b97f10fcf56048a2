import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { MEMBER_ROLES } from '../shared/actor.ts';
import { User } from '../users/index.ts';
import { Partner } from './partner.entity.ts';

export const PartnerMemberSchema = defineEntity({
  name: 'PartnerMember',
  tableName: 'partner_members',
  uniques: [{ properties: ['partnerId', 'userId'] }],
  properties: {
    id: p.uuid().primary(),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    userId: () => p.manyToOne(User).mapToPk().name('user_id').index(),
    role: p.enum(MEMBER_ROLES),
    createdAt: timestamp(),
  },
});

/** What one person may do for one partner. */
export class PartnerMember extends PartnerMemberSchema.class {}
PartnerMemberSchema.setClass(PartnerMember);
