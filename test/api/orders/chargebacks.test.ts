import { describe, expect, it } from 'vitest';
import { countQueries } from '../../support/count-queries.ts';
import { type AwaitingOrder, anAwaitingOrder, aSentRefund, noticesOf, tell } from '../../support/notices.ts';
import { refundOrder, seeOrder } from '../../support/order-operations.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const TELL = /* GraphQL */ `
  mutation ($input: TellSandboxDisputeInput!) {
    tellSandboxDispute(input: $input) {
      __typename
      ... on TellSandboxDisputeSuccess { order { state chargebacks { state amount { amount } reason } } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;
const LIST = /* GraphQL */ `
  query ($first: Int!, $state: ChargebackState) {
    chargebacks(first: $first, state: $state) { edges { node { state orderId amount { amount } fee { amount } } } }
  }`;

async function jobsOf(app: TestApp, job: string): Promise<number> {
  return (await app.platform.database.pool.query('select 1 from outbox_messages where job = $1', [job])).rows.length;
}

async function aCapturedOrder(app: TestApp): Promise<AwaitingOrder> {
  const order = await anAwaitingOrder(app);
  await tell(app, noticesOf(order).captured());
  return order;
}

const owns = async (app: TestApp, { learner }: AwaitingOrder): Promise<boolean> => {
  const { viewer } = await app.query<{ viewer: { entitlements: { edges: unknown[] } } }>(
    '{ viewer { entitlements { edges { cursor } } } }',
    {},
    learner,
  );
  return viewer.entitlements.edges.length === 1;
};

describe('a dispute of a payment', () => {
  it('takes the money when it is opened, and the access once it is lost', async () => {
    await using app = await startTestApp();
    const order = await aCapturedOrder(app);
    const notices = noticesOf(order);
    expect(await tell(app, notices.disputed())).toMatchObject([{ outcome: 'APPLIED' }]);
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({
      state: 'PAID',
      returned: { amount: '100.00' },
      refundable: { amount: '0.00' },
      payment: { state: 'CAPTURED' },
      chargebacks: [
        { state: 'OPEN', amount: { amount: '100.00' }, fee: { amount: '15.00' }, reason: 'Not recognised.' },
      ],
    });
    expect(await owns(app, order)).toBe(true);
    expect(await jobsOf(app, 'settle-chargeback')).toBe(1);
    await tell(app, notices.lost());
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({
      state: 'REFUNDED',
      refundedAt: '2026-11-01T08:25:00.000Z',
      chargebacks: [{ state: 'LOST' }],
    });
    expect(await owns(app, order)).toBe(false);
    expect(await jobsOf(app, 'settle-chargeback')).toBe(2);
  });

  it('gives money, access and the campaign’s figure back when it is won, even after it was lost', async () => {
    await using app = await startTestApp();
    const order = await aCapturedOrder(app);
    const notices = noticesOf(order);
    const refunded = async () =>
      (await app.platform.database.pool.query('select refunded_minor from conversions')).rows[0]?.refunded_minor;
    await tell(app, notices.disputed(), notices.lost());
    expect(await refunded()).toBe(10_000n);
    expect(await tell(app, notices.won())).toMatchObject([{ outcome: 'APPLIED' }]);
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({
      state: 'PAID',
      refundedAt: null,
      returned: { amount: '0.00' },
      refundable: { amount: '100.00' },
      payment: { state: 'CAPTURED' },
    });
    expect(await owns(app, order)).toBe(true);
    expect(await refunded()).toBe(0n);
    expect(await tell(app, { ...notices.lost(), id: 'evt_late' })).toMatchObject([{ outcome: 'STALE' }]);
  });

  it('about a part leaves the access, and the rest can be refunded once it is lost', async () => {
    await using app = await startTestApp();
    const order = await aCapturedOrder(app);
    const notices = noticesOf(order);
    await tell(app, notices.disputed(2_500n), notices.lost(2_500n));
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({
      state: 'PAID',
      refundable: { amount: '75.00' },
    });
    expect(await owns(app, order)).toBe(true);
    const clerk = await aFinanceClerk(app);
    const tooMuch = await refundOrder(app, clerk, { orderId: order.orderId, amountMinor: 7_501n });
    expect(tooMuch).toMatchObject({ code: 'REFUND_TOO_HIGH', left: { amount: '75.00' } });
    expect(await refundOrder(app, clerk, { orderId: order.orderId })).toHaveProperty('order');
  });

  it('is refused for another sum than before, for more than was paid, and for a payment that is not known', async () => {
    await using app = await startTestApp();
    const order = await aCapturedOrder(app);
    const notices = noticesOf(order);
    const wrong = [notices.disputed(10_001n), notices.disputed(0n), { ...notices.disputed(), currency: 'USD' }];
    const unknown = { ...notices.disputed(), payment_id: app.platform.ids.next() };
    for (const event of wrong) expect(await tell(app, event)).toMatchObject([{ status: 400, refusal: 'MISMATCH' }]);
    expect(await tell(app, unknown)).toMatchObject([{ status: 400, refusal: 'UNKNOWN_PAYMENT' }]);
    await tell(app, notices.disputed(5_000n));
    expect(await tell(app, notices.won(4_999n))).toMatchObject([{ refusal: 'MISMATCH' }]);
    const other = await aCapturedOrder(app);
    const stolen = { ...noticesOf(other).won(5_000n), reference: notices.won().reference };
    expect(await tell(app, stolen)).toMatchObject([{ refusal: 'MISMATCH' }]);
  });
});

describe('a refund and a dispute of one payment', () => {
  it('do not both go out: nothing is refunded while a dispute is open', async () => {
    await using app = await startTestApp();
    const order = await aCapturedOrder(app);
    await tell(app, noticesOf(order).disputed(100n));
    const refused = await refundOrder(app, await aFinanceClerk(app), { orderId: order.orderId, amountMinor: 1n });
    expect(refused).toMatchObject({ __typename: 'PaymentDisputedError', code: 'PAYMENT_DISPUTED' });
  });

  it('do not both go out: a refund that waits to be sent is given up when the bank was first', async () => {
    await using app = await startTestApp();
    const order = await aCapturedOrder(app);
    await refundOrder(app, await aFinanceClerk(app), { orderId: order.orderId });
    await tell(app, noticesOf(order).disputed());
    const { rows } = await app.platform.database.pool.query<{ id: string }>('select id from refunds');
    await app.services.refunds.send(rows[0]?.id ?? '');
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({
      state: 'PAID',
      returned: { amount: '100.00' },
      refunds: [{ state: 'FAILED', failure: "The buyer's bank took the payment back first." }],
    });
  });

  it('that meet at the provider count once for the buyer, whichever is told first', async () => {
    await using app = await startTestApp();
    for (const isRefundFirst of [true, false]) {
      const order = await aCapturedOrder(app);
      const notices = noticesOf(order);
      const refundId = await aSentRefund(app, order.orderId, 10_000n);
      const told = [notices.refunded(refundId, 10_000n), notices.disputed()];
      await tell(app, ...(isRefundFirst ? told : told.toReversed()));
      expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({
        state: 'REFUNDED',
        refundedAt: '2026-11-01T08:10:00.000Z',
        returned: { amount: '100.00' },
        refundable: { amount: '0.00' },
      });
      await tell(app, notices.won());
      expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({ state: 'REFUNDED' });
    }
  });

  it('told at once, many times, move the money once each', async () => {
    await using app = await startTestApp();
    const order = await aCapturedOrder(app);
    const notices = noticesOf(order);
    const refundId = await aSentRefund(app, order.orderId, 4_000n);
    const events = [notices.disputed(6_000n), notices.lost(6_000n), notices.refunded(refundId, 4_000n)];
    const copies = events.flatMap((event) => Array.from({ length: 8 }, () => event));
    await Promise.all(copies.map((event) => tell(app, event)));
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({
      state: 'REFUNDED',
      refundedAt: '2026-11-01T08:25:00.000Z',
      chargebacks: [{ state: 'LOST' }],
      refunds: [{ state: 'SUCCEEDED' }],
    });
    expect(await jobsOf(app, 'settle-refund')).toBe(1);
  });
});

describe('playing a bank with the sandbox', () => {
  it('sends the notices that a bank would, and is safe to repeat', async () => {
    await using app = await startTestApp();
    const order = await aCapturedOrder(app);
    const clerk = await aFinanceClerk(app);
    const play = async (facts: object) => {
      const variables = { input: { orderId: order.orderId, ...facts } };
      return (await app.query<{ tellSandboxDispute: unknown }>(TELL, variables, clerk)).tellSandboxDispute;
    };
    const opened = { event: 'OPENED', amountMinor: '2500', reason: 'A twin bought it.' };
    const shown = { state: 'PAID', chargebacks: [{ state: 'OPEN', amount: { amount: '25.00' } }] };
    expect(await play(opened)).toMatchObject({ order: shown });
    expect(await play(opened)).toMatchObject({ order: shown });
    expect(await play({ ...opened, amountMinor: '2501' })).toMatchObject({ field: 'amountMinor' });
    expect(await play({ event: 'WON' })).toMatchObject({ order: { chargebacks: [{ state: 'WON' }] } });
  });

  it('is for staff, and for payments that the sandbox has collected', async () => {
    await using app = await startTestApp();
    const waiting = await anAwaitingOrder(app);
    const play = async (viewer?: { token: string }) => {
      const variables = { input: { orderId: waiting.orderId, event: 'OPENED' } };
      return (await app.query<{ tellSandboxDispute: unknown }>(TELL, variables, viewer ?? {})).tellSandboxDispute;
    };
    expect(await play()).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await play(waiting.learner)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await play(await anAdmin(app))).toMatchObject({ code: 'INVALID_INPUT', field: 'orderId' });
    await app.platform.database.pool.query("update payments set provider = 'another'");
    expect(await play(await anAdmin(app))).toMatchObject({
      message: 'Only payments of the sandbox are disputed by hand.',
    });
  });
});

describe('the list of chargebacks', () => {
  it('is for finance and admins, and can be cut to one state', async () => {
    await using app = await startTestApp();
    const orders = [await aCapturedOrder(app), await aCapturedOrder(app)];
    for (const order of orders) {
      await tell(app, noticesOf(order).disputed());
      app.clock.advance(1_000);
    }
    const [first, second] = orders;
    await tell(app, noticesOf(first as AwaitingOrder).won());
    const ask = async (viewer: { token: string } | undefined, state: string | null) =>
      app.graphql(LIST, { first: 10, state }, viewer);
    const clerk = await aFinanceClerk(app);
    const all = {
      edges: [{ node: { orderId: second?.orderId } }, { node: { orderId: first?.orderId, state: 'WON' } }],
    };
    expect((await ask(clerk, null)).data).toMatchObject({ chargebacks: all });
    expect((await ask(clerk, 'WON')).data).toMatchObject({ chargebacks: { edges: [{ node: { state: 'WON' } }] } });
    expect((await ask(undefined, null)).errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await ask(await aLearner(app), null)).errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('does not need more statements for more chargebacks', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const ask = () => app.query(LIST, { first: 50 }, clerk);
    await tell(app, noticesOf(await aCapturedOrder(app)).disputed());
    const few = await countQueries(app, ask);
    for (let at = 0; at < 5; at++) await tell(app, noticesOf(await aCapturedOrder(app)).disputed());
    expect(await countQueries(app, ask)).toBe(few);
  });
});
