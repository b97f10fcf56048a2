import { defineEntity, p } from '@mikro-orm/core';
import { Content, MODULES } from '../content/index.ts';
import { Domain } from '../domains/index.ts';
import { Partner } from '../partners/index.ts';
import { minorUnits } from '../platform/columns.ts';
import { Order } from './order.entity.ts';

export const OrderItemSchema = defineEntity({
  name: 'OrderItem',
  tableName: 'order_items',
  uniques: [{ properties: ['orderId', 'position'] }],
  checks: [
    { name: 'order_items_discount_check', expression: 'discount_minor >= 0' },
    { name: 'order_items_price_check', expression: 'price_minor = (list_price_minor - discount_minor)' },
    { name: 'order_items_tax_check', expression: 'tax_minor >= 0' },
    { name: 'order_items_tax_within_check', expression: 'tax_minor <= price_minor' },
  ],
  properties: {
    id: p.uuid().primary(),
    orderId: () => p.manyToOne(Order).mapToPk().name('order_id'),
    position: p.smallint(),
    contentId: () => p.manyToOne(Content).mapToPk().name('content_id').index(),
    /** The partner that supplied the content at the time of the sale. */
    ownerPartnerId: () => p.manyToOne(Partner).mapToPk().name('owner_partner_id'),
    /** What it was at that moment, and stays for contracts that speak of it. */
    domainCode: () => p.manyToOne(Domain).mapToPk().name('domain_code'),
    module: p.enum(MODULES),
    /** What it cost before any discount, in the order's currency as the other amounts. */
    listPriceMinor: minorUnits(),
    /** What a coupon took off: from nothing to all of the list price. */
    discountMinor: minorUnits(),
    /** What was paid for it: the list price less the discount, tax in it. */
    priceMinor: minorUnits(),
    /** The tax within what was paid. */
    taxMinor: minorUnits(),
  },
});

/** One content within an order, at the price of that moment. Never changed. */
export class OrderItem extends OrderItemSchema.class {}
OrderItemSchema.setClass(OrderItem);
