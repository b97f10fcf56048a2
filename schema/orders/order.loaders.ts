import DataLoader from 'dataloader';
import {
  findChargebacksOfOrders,
  findEventsOfPayments,
  findItemsOfOrders,
  findOwnedContentIds,
  findPaymentsOfOrders,
  findRefundsOfOrders,
  type PaymentRow,
} from '../../src/orders/index.ts';
import { findCouponCodes } from '../../src/pricing/index.ts';
import { type LoaderScope, loaderOfGroups } from '../shared/loader.ts';

/** Parts of orders by order id: whoever has an order may see its parts. */
export function createOrderLoaders({ platform: { database }, actor }: LoaderScope) {
  return {
    orderItems: loaderOfGroups(
      (ids) => findItemsOfOrders(database, ids),
      (row) => row.orderId,
    ),
    orderPayments: new DataLoader<string, PaymentRow | null>(async (ids) => {
      const rows = new Map((await findPaymentsOfOrders(database, ids)).map((row) => [row.orderId, row]));
      return ids.map((id) => rows.get(id) ?? null);
    }),
    orderRefunds: loaderOfGroups(
      (ids) => findRefundsOfOrders(database, ids),
      (row) => row.orderId,
    ),
    orderChargebacks: loaderOfGroups(
      (ids) => findChargebacksOfOrders(database, ids),
      (row) => row.orderId,
    ),
    paymentEvents: loaderOfGroups(
      (ids) => findEventsOfPayments(database, ids),
      (row) => row.paymentId,
    ),
    couponCodes: new DataLoader<string, string | null>(async (ids) => {
      const codes = await findCouponCodes(database, ids);
      return ids.map((id) => codes.get(id) ?? null);
    }),
    contentOwned: new DataLoader<string, boolean>(async (contentIds) => {
      if (actor.kind !== 'USER') return contentIds.map(() => false);
      const owned = await findOwnedContentIds(database, { userId: actor.userId, contentIds });
      return contentIds.map((id) => owned.has(id));
    }),
  };
}
