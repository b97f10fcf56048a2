import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localId } from '../../../src/shared/global-id.ts';
import { type AwaitingOrder, anAwaitingOrder, aSentRefund, noticesOf, tell } from '../../support/notices.ts';
import { aContentForSale } from '../../support/order-operations.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

type Notices = ReturnType<typeof noticesOf>;

/** What a provider can tell of one payment without contradicting itself; `refunds`: of 40.00 and of 60.00. */
const STORIES: Record<string, (notices: Notices, refunds: readonly [string, string]) => object[]> = {
  'a slow capture': (n) => [n.authorised(), n.captured()],
  'a failure after a reservation': (n) => [n.authorised(), n.failed()],
  'two refunds of a slow capture': (n, [a, b]) => [
    n.authorised(),
    n.captured(),
    n.refunded(a, 4_000n, 10),
    n.refunded(b, 6_000n, 12),
  ],
  'a refund that failed and then went through': (n, [a]) => [
    n.captured(),
    n.refundFailed(a, 4_000n),
    n.refunded(a, 4_000n, 11),
  ],
  'a dispute that was won': (n) => [n.authorised(), n.captured(), n.disputed(), n.won()],
  'a dispute that was lost': (n) => [n.captured(), n.disputed(), n.lost()],
  'a dispute that was lost and then won': (n) => [n.captured(), n.disputed(), n.lost(), n.won()],
  'a refund and a lost dispute of the rest': (n, [a]) => [
    n.captured(),
    n.refunded(a, 4_000n),
    n.disputed(6_000n),
    n.lost(6_000n),
  ],
  'refunds and a dispute that meet': (n, [a, b]) => [
    n.captured(),
    n.refunded(a, 4_000n, 10),
    n.refunded(b, 6_000n, 22),
    n.disputed(10_000n, 20),
    n.lost(),
  ],
};

/** Everything that a payment's notices decide, without the names that differ from order to order. */
async function stateOf(app: TestApp, { orderId }: AwaitingOrder): Promise<unknown> {
  const { rows } = await app.platform.database.pool.query(
    `select o.state, o.paid_at, o.refunded_at, o.cancellation, o.cancelled_at,
       (select jsonb_build_array(state, fee_minor, failure, authorised_at, captured_at) from payments
        where order_id = o.id) as payment,
       (select jsonb_agg(jsonb_build_array(state, amount_minor, failure, settled_at) order by amount_minor)
        from refunds where order_id = o.id) as refunds,
       (select jsonb_agg(jsonb_build_array(state, amount_minor, fee_minor, reason, opened_at, closed_at))
        from chargebacks where order_id = o.id) as chargebacks,
       (select jsonb_agg(jsonb_build_array(granted_at, revoked_at)) from entitlements where order_id = o.id) as access,
       (select jsonb_agg(jsonb_build_array(value_minor, refunded_minor)) from conversions
        where order_id = o.id) as conversions,
       (select jsonb_agg(distinct job) from outbox_messages where payload ->> 'orderId' = o.id::text
          or payload ->> 'refundId' in (select id::text from refunds where order_id = o.id)
          or payload ->> 'chargebackId' in (select id::text from chargebacks where order_id = o.id)) as jobs
     from orders o where o.id = $1`,
    [localId('Order', orderId)],
  );
  return rows[0];
}

async function aStory(app: TestApp, contentId: string, name: string) {
  const order = await anAwaitingOrder(app, { contentId });
  const refunds = [
    await aSentRefund(app, order.orderId, 4_000n),
    await aSentRefund(app, order.orderId, 6_000n),
  ] as const;
  const events = STORIES[name]?.(noticesOf(order), refunds) ?? [];
  return { order, events };
}

/** For counting a story's events before there is an order. */
const NOBODYS = noticesOf({ paymentId: '', amountMinor: 0n, currency: 'CNY' });

/** A story with its events in some order, a few of them told again. */
const aTelling = fc.constantFrom(...Object.keys(STORIES)).chain((name) => {
  const places = [...(STORIES[name]?.(NOBODYS, ['', '']) ?? []).keys()];
  const all = fc.shuffledSubarray(places, { minLength: places.length, maxLength: places.length });
  const again = fc.array(fc.constantFrom(...places), { maxLength: 3 });
  return fc.tuple(all, again).map(([order, repeated]) => ({ name, places: [...order, ...repeated] }));
});

describe('the notices of one payment', () => {
  it('come to the same in whatever order they come, and however often', async () => {
    await using app = await startTestApp();
    const { id: contentId } = await aContentForSale(app, { priceMinor: 10_000n });
    const expected = new Map<string, unknown>();
    for (const name of Object.keys(STORIES)) {
      const { order, events } = await aStory(app, contentId, name);
      await tell(app, ...events);
      expected.set(name, await stateOf(app, order));
    }
    const property = fc.asyncProperty(aTelling, async ({ name, places }) => {
      const { order, events } = await aStory(app, contentId, name);
      await tell(app, ...places.flatMap((place) => events[place] ?? []));
      expect(await stateOf(app, order)).toEqual(expected.get(name));
    });
    await fc.assert(property, { numRuns: 60, endOnFailure: true });
  }, 60_000);

  it('come to the same in the books, to the last unit, in whatever order they came', async () => {
    await using app = await startTestApp();
    const { id: contentId } = await aContentForSale(app, { priceMinor: 10_000n });
    const orders: AwaitingOrder[] = [];
    const sequences = [
      [0, 1, 2, 3],
      [3, 2, 1, 0],
      [2, 3, 0, 1],
      [1, 0, 3, 2],
    ];
    for (const sequence of sequences) {
      const { order, events } = await aStory(app, contentId, 'a refund and a lost dispute of the rest');
      await tell(app, ...sequence.flatMap((place) => events[place] ?? []));
      orders.push(order);
    }
    await app.drainJobs();
    const sums = await Promise.all(orders.map((order) => sharesOf(app, order)));
    for (const sum of sums) expect(sum).toEqual(sums[0]);
    expect(sums[0]?.every(({ total }) => total === 0n)).toBe(true);
    expect(sums[0]?.length).toBeGreaterThan(1);
  });
});

/** What each party has of an order after everything. */
async function sharesOf(app: TestApp, { orderId }: AwaitingOrder): Promise<{ party: string; total: bigint }[]> {
  const { rows } = await app.platform.database.pool.query<{ party: string; total: bigint }>(
    `select share.party, sum(share.posted_minor)::bigint as total from allocation_shares share
     join allocations on allocations.id = share.allocation_id
     join order_items item on item.id = allocations.order_item_id
     where item.order_id = $1 group by share.party order by share.party`,
    [localId('Order', orderId)],
  );
  return rows;
}
