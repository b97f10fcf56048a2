import { Order, OrderItem, Payment } from '../../src/orders/index.ts';
import type { TestApp } from './test-app.ts';

/** What one content of an order cost. */
export interface PricedItem {
  readonly contentId: string;
  readonly ownerPartnerId: string;
  readonly listPriceMinor: bigint;
  readonly discountMinor: bigint;
  /** In the price that was paid. */
  readonly taxMinor: bigint;
}

export interface PricedOrder {
  readonly id: string;
  readonly userId: string;
  readonly currency: string;
  readonly paidAt: Date;
  readonly feeMinor: bigint;
  readonly items: readonly (PricedItem & { readonly id: string })[];
  readonly totalMinor: bigint;
}

/** A paid order with prices of any kind, as it lies in the tables. The contents need not cost that. */
export async function aPricedOrder(
  app: TestApp,
  order: Pick<PricedOrder, 'userId' | 'currency' | 'paidAt' | 'feeMinor'> & { readonly items: readonly PricedItem[] },
): Promise<PricedOrder> {
  const { ids, database } = app.platform;
  const id = ids.next();
  const items = order.items.map((item) => ({ ...item, id: ids.next() }));
  const totalMinor = items.reduce((sum, item) => sum + item.listPriceMinor - item.discountMinor, 0n);
  const { userId, currency, paidAt, feeMinor } = order;
  await database.transaction(async (em) => {
    const keys = { idempotencyKey: id, inputHash: id };
    em.create(
      Order,
      { id, userId, state: 'PAID', currency, totalMinor, ...keys, placedAt: paidAt, paidAt },
      { persist: true },
    );
    for (const [position, { listPriceMinor, discountMinor, taxMinor, ...item }] of items.entries()) {
      const amounts = { listPriceMinor, discountMinor, taxMinor, priceMinor: listPriceMinor - discountMinor };
      const place = { orderId: id, position, domainCode: 'technology', module: 'COURSE' as const };
      em.create(OrderItem, { ...item, ...place, ...amounts }, { persist: true });
    }
    const names = { provider: 'sandbox', providerReference: `sbx_${id}`, method: 'sandbox:ok' };
    const times = { createdAt: paidAt, capturedAt: paidAt };
    em.create(
      Payment,
      {
        id: ids.next(),
        orderId: id,
        ...names,
        state: 'CAPTURED',
        amountMinor: totalMinor,
        feeMinor,
        currency,
        ...times,
      },
      { persist: true },
    );
  });
  return { id, userId, currency, paidAt, feeMinor, items, totalMinor };
}
