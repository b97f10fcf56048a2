import { defineEntity, p } from '@mikro-orm/core';
import { Content } from '../content/index.ts';
import { timestamp } from '../platform/columns.ts';
import { User } from '../users/index.ts';
import { Order } from './order.entity.ts';

export const EntitlementSchema = defineEntity({
  name: 'Entitlement',
  tableName: 'entitlements',
  uniques: [{ properties: ['orderId', 'contentId'] }],
  indexes: [{ properties: ['userId', 'contentId'] }],
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().name('user_id'),
    contentId: () => p.manyToOne(Content).mapToPk().name('content_id'),
    orderId: () => p.manyToOne(Order).mapToPk().name('order_id'),
    grantedAt: timestamp(),
    revokedAt: timestamp().nullable(),
  },
});

/** A person's right to use a content, given by an order. */
export class Entitlement extends EntitlementSchema.class {}
EntitlementSchema.setClass(Entitlement);
