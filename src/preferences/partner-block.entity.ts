import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { timestamp } from '../platform/columns.ts';
import { User } from '../users/index.ts';

export const PartnerBlockSchema = defineEntity({
  name: 'PartnerBlock',
  tableName: 'partner_blocks',
  properties: {
    userId: () => p.manyToOne(User).mapToPk().name('user_id').deleteRule('no action').updateRule('no action').primary(),
    partnerId: () =>
      p.manyToOne(Partner).mapToPk().name('partner_id').deleteRule('no action').updateRule('no action').primary(),
    blockedAt: timestamp(),
  },
});

/** A person wants to see nothing of a partner in their feed. */
export class PartnerBlock extends PartnerBlockSchema.class {}
PartnerBlockSchema.setClass(PartnerBlock);
