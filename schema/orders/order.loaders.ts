import DataLoader from 'dataloader';
import {
  findItemsOfOrders,
  findOwnedContentIds,
  findPaymentsOfOrders,
  findRefundsOfOrders,
  type PaymentRow,
} from '../../src/orders/index.ts';
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
    contentOwned: new DataLoader<string, boolean>(async (contentIds) => {
      if (actor.kind !== 'USER') return contentIds.map(() => false);
      const owned = await findOwnedContentIds(database, { userId: actor.userId, contentIds });
      return contentIds.map((id) => owned.has(id));
    }),
  };
}
