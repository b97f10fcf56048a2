import { describe, expect, it } from 'vitest';
import { findReturnFacts, findSettlementFacts } from '../../../src/orders/index.ts';
import { localId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { anAwaitingOrder, aSentRefund, noticesOf, tell } from '../../support/notices.ts';
import { aPaidOrder } from '../../support/orders.ts';
import { aLearner } from '../../support/people.ts';
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

  it('tells what every item was and cost, and since when the buyer is a customer of its owner', async () => {
    await using app = await startTestApp();
    const course = await aContent(app, { priceMinor: 10_000n });
    const { partnerId } = course;
    const sequel = await aContent(app, { priceMinor: 2_550n, partnerId });
    const other = await aContent(app, { priceMinor: 500n });
    const gift = await aContent(app, { priceMinor: 0n, partnerId: other.partnerId });
    const { id: userId } = await aLearner(app);
    await aPaidOrder(app, { userId, contentIds: [gift.id], paidAt: new Date('2026-08-01T08:00:00Z') });
    await aPaidOrder(app, { contentIds: [course.id], paidAt: new Date('2026-08-02T08:00:00Z') });
    const firstAt = new Date('2026-09-01T08:00:00Z');
    await aPaidOrder(app, { userId, contentIds: [course.id], paidAt: firstAt });
    const order = await aPaidOrder(app, { userId, contentIds: [sequel.id, other.id] });
    const [facts] = await findSettlementFacts(app.platform.database.orm.em.fork(), [order.id]);
    expect(facts?.items).toMatchObject([
      { domainCode: expect.any(String), module: 'COURSE', listPriceMinor: 2_550n, discountMinor: 0n, taxMinor: 0n },
      { listPriceMinor: 500n },
    ]);
    expect(facts?.items.map(({ customerSince }) => customerSince)).toEqual([firstAt, app.clock.now()]);
  });

  it('keeps the facts of a sale whatever went back since, and tells of that in the order of its happening', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const notices = noticesOf(order);
    const refundId = await aSentRefund(app, order.orderId, 3_000n);
    await aSentRefund(app, order.orderId, 500n);
    await tell(app, notices.captured(), notices.won(), notices.refunded(refundId, 3_000n));
    const orderId = localId('Order', order.orderId);
    const factsNow = () => findReturnFacts(app.platform.database.orm.em.fork(), { orderIds: [orderId] });
    const refund = { kind: 'REFUND', id: refundId, orderId, amountMinor: 3_000n, settledAt: minute(10), feeMinor: 0n };
    expect(await factsNow()).toEqual([refund]);
    await tell(app, notices.disputed());
    const { rows } = await app.platform.database.pool.query<{ id: string }>('select id from chargebacks');
    const dispute = { id: rows[0]?.id, orderId, amountMinor: 10_000n };
    expect(await factsNow()).toEqual([
      refund,
      { ...dispute, kind: 'CHARGEBACK', settledAt: minute(20), feeMinor: 1_500n },
      { ...dispute, kind: 'CHARGEBACK_REVERSAL', settledAt: minute(30), feeMinor: 0n },
    ]);
    expect(await findSettlementFacts(app.platform.database.orm.em.fork(), [orderId])).toHaveLength(1);
  });

  it('are none for money that came and went without a sale', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const notices = noticesOf(order);
    await tell(app, notices.failed(), notices.captured());
    const { rows } = await app.platform.database.pool.query<{ id: string }>('select id from refunds');
    await tell(app, notices.refunded(rows[0]?.id ?? '', 10_000n));
    const em = app.platform.database.orm.em.fork();
    const orderIds = [localId('Order', order.orderId)];
    expect(await findSettlementFacts(em, orderIds)).toEqual([]);
    expect(await findReturnFacts(em, { orderIds })).toEqual([]);
  });
});

function minute(at: number): Date {
  return new Date(Date.UTC(2026, 10, 1, 8, at));
}
