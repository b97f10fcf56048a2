import { describe, expect, it } from 'vitest';
import { findRefundFacts, findSettlementFacts } from '../../../src/orders/index.ts';
import { aContent } from '../../support/contents.ts';
import { aPaidOrder, aSettledRefund } from '../../support/orders.ts';
import { startTestApp } from '../../support/test-app.ts';

describe('the facts that a settlement starts from', () => {
  it('tells of a paid order who sold what for how much, item by item', async () => {
    await using app = await startTestApp();
    const course = await aContent(app, { priceMinor: 10_000n });
    const book = await aContent(app, { priceMinor: 2_550n });
    const order = await aPaidOrder(app, { contentIds: [course.id, book.id], feeMinor: 75n });
    const em = app.platform.database.orm.em.fork();
    expect(await findSettlementFacts(em, [order.id])).toEqual([
      {
        orderId: order.id,
        userId: order.userId,
        currency: 'CNY',
        paidAt: app.clock.now(),
        totalMinor: 12_550n,
        feeMinor: 75n,
        provider: 'sandbox',
        items: [
          expect.objectContaining({
            position: 0,
            contentId: course.id,
            ownerPartnerId: course.partnerId,
            priceMinor: 10_000n,
          }),
          expect.objectContaining({
            position: 1,
            contentId: book.id,
            ownerPartnerId: book.partnerId,
            priceMinor: 2_550n,
          }),
        ],
      },
    ]);
  });

  it('keeps the facts of a sale that was refunded since, and tells of the refund', async () => {
    await using app = await startTestApp();
    const order = await aPaidOrder(app);
    const settledAt = new Date('2026-11-03T10:00:00Z');
    const refundId = await aSettledRefund(app, order, settledAt);
    const em = app.platform.database.orm.em.fork();
    expect(await findSettlementFacts(em, [order.id])).toHaveLength(1);
    expect(await findRefundFacts(em, [refundId])).toEqual([
      { refundId, orderId: order.id, amountMinor: order.totalMinor, settledAt },
    ]);
  });
});
