import { defineEntity, p } from '@mikro-orm/core';
import { Content } from '../content/index.ts';
import { Partner } from '../partners/index.ts';
import { minorUnits } from '../platform/columns.ts';
import { Order } from './order.entity.ts';

export const OrderItemSchema = defineEntity({
  name: 'OrderItem',
  tableName: 'order_items',
  uniques: [{ properties: ['orderId', 'position'] }],
  properties: {
    id: p.uuid().primary(),
    orderId: () => p.manyToOne(Order).mapToPk().name('order_id'),
    position: p.smallint(),
    contentId: () => p.manyToOne(Content).mapToPk().name('content_id').index(),
    /** The partner that supplied the content at the time of the sale. */
    ownerPartnerId: () => p.manyToOne(Partner).mapToPk().name('owner_partner_id'),
    /** What was paid for it, in the order's currency. */
    priceMinor: minorUnits(),
  },
});

/** One content within an order, at the price of that moment. Never changed. */
export class OrderItem extends OrderItemSchema.class {}
OrderItemSchema.setClass(OrderItem);
