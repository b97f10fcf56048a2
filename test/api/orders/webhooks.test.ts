import { describe, expect, it } from 'vitest';
import { signWebhook } from '../../../src/orders/index.ts';
import { aContentForSale, placedOrder, seeOrder } from '../../support/order-operations.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';
import { sendWebhook } from '../../support/webhooks.ts';

interface Awaiting {
  readonly app: TestApp;
  readonly learner: TestPerson;
  readonly orderId: string;
  readonly paymentId: string;
  readonly captured: Record<string, string>;
  readonly failed: Record<string, string>;
}

/** An order of 99.00 CNY whose provider never says anything by itself. */
async function anAwaitingOrder(app: TestApp): Promise<Awaiting> {
  const { id } = await aContentForSale(app, { priceMinor: 9_900n });
  const learner = await aLearner(app);
  const orderId = await placedOrder(app, learner, { contentIds: [id] });
  const { rows } = await app.platform.database.pool.query<{ id: string }>(
    "select id from payments where state = 'PENDING'",
  );
  const paymentId = rows[0]?.id ?? '';
  const facts = {
    reference: `sbx_${paymentId}`,
    amount_minor: '9900',
    currency: 'CNY',
    occurred_at: '2026-11-01T08:00:00.000Z',
    payment_id: paymentId,
  };
  const captured = { ...facts, id: 'evt_1', type: 'payment.captured', fee_minor: '59' };
  const failed = { ...facts, id: 'evt_2', type: 'payment.failed', failure: 'No funds.' };
  return { app, learner, orderId, paymentId, captured, failed };
}

async function stateOf({ app, learner, orderId }: Awaiting): Promise<{ state: string }> {
  return (await seeOrder(app, learner, orderId)) as { state: string };
}

async function jobsOf(app: TestApp, job: string): Promise<number> {
  const found = await app.platform.database.pool.query('select 1 from outbox_messages where job = $1', [job]);
  return found.rows.length;
}

describe('a webhook is refused and changes nothing', () => {
  it('without a signature, with a malformed one, and when somebody else signed', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const refused = { status: 401, refusal: 'SIGNATURE' };
    expect(await sendWebhook(app, order.captured, { signature: null })).toMatchObject(refused);
    expect(await sendWebhook(app, order.captured, { signature: 't=1,v1=00' })).toMatchObject(refused);
    expect(await sendWebhook(app, order.captured, { signature: '' })).toMatchObject(refused);
    expect(await sendWebhook(app, order.captured, { secret: 'a secret of somebody else' })).toMatchObject(refused);
    expect(await stateOf(order)).toMatchObject({ state: 'PLACED' });
  });

  it('when its body is not the one that was signed', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const honest = signatureOf(app, order.failed);
    const forged = await sendWebhook(app, order.captured, { signature: honest });
    expect(forged).toMatchObject({ status: 401, refusal: 'SIGNATURE' });
    expect(await stateOf(order)).toMatchObject({ state: 'PLACED' });
  });

  it('more than five minutes after it was signed, or before; the time cannot be changed afterwards', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const now = app.clock.now().getTime();
    for (const offsetMs of [-301_000, 301_000]) {
      const answer = await sendWebhook(app, order.captured, { signedAt: new Date(now + offsetMs) });
      expect(answer).toMatchObject({ status: 401, refusal: 'TIMESTAMP' });
    }
    const old = signatureOf(app, order.captured, new Date(now - 600_000));
    const renewed = old.replace(/^t=\d+/, `t=${Math.floor(now / 1_000)}`);
    expect(await sendWebhook(app, order.captured, { signature: renewed })).toMatchObject({ refusal: 'SIGNATURE' });
    expect(await stateOf(order)).toMatchObject({ state: 'PLACED' });
    const inTime = await sendWebhook(app, order.captured, { signedAt: new Date(now - 299_000) });
    expect(inTime).toMatchObject({ status: 200, outcome: 'APPLIED' });
  });

  it('when it is no event of the sandbox', async () => {
    await using app = await startTestApp();
    const { captured } = await anAwaitingOrder(app);
    const { fee_minor: _, ...withoutFee } = captured;
    const malformed = [
      '',
      'not json',
      '[]',
      '"payment.captured"',
      { ...captured, type: 'payment.stolen' },
      { ...captured, amount_minor: 9_900 },
      { ...captured, amount_minor: '-9900' },
      { ...captured, payment_id: "' or 1=1 --" },
      { ...captured, occurred_at: 'yesterday' },
      { ...captured, extra: true },
      withoutFee,
    ];
    for (const event of malformed) {
      expect(await sendWebhook(app, event)).toMatchObject({ status: 400, refusal: 'MALFORMED' });
    }
  });

  it('when the payment is not known, the sum is another, or the provider is none of ours', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const { captured } = order;
    const unknown = await sendWebhook(app, { ...captured, payment_id: app.platform.ids.next() });
    expect(unknown).toMatchObject({ status: 400, refusal: 'UNKNOWN_PAYMENT' });
    const refused = { status: 400, refusal: 'MISMATCH' };
    expect(await sendWebhook(app, { ...captured, amount_minor: '1' })).toMatchObject(refused);
    expect(await sendWebhook(app, { ...captured, currency: 'USD' })).toMatchObject(refused);
    const elsewhere = await sendWebhook(app, captured, { provider: 'nobody' });
    expect(elsewhere).toMatchObject({ status: 404, refusal: 'UNKNOWN_PROVIDER' });
    expect(await stateOf(order)).toMatchObject({ state: 'PLACED' });
    // A refused event is not taken for known: the right one of the same name still counts.
    expect(await sendWebhook(app, captured)).toMatchObject({ outcome: 'APPLIED' });
  });

  it('when it is longer than any event', async () => {
    await using app = await startTestApp();
    const answer = await sendWebhook(app, 'x'.repeat(70_000));
    expect(answer.status).toBe(413);
  });
});

describe('a webhook delivered more than once, or out of order', () => {
  it('counts once, also when the same one comes 16 times at once', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const answers = await Promise.all(Array.from({ length: 16 }, () => sendWebhook(app, order.captured)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(16).fill(200));
    expect(answers.filter((answer) => answer.outcome === 'APPLIED')).toHaveLength(1);
    expect(answers.filter((answer) => answer.outcome === 'DUPLICATE')).toHaveLength(15);
    expect(await jobsOf(app, 'settle-sale')).toBe(1);
  });

  it('captures once when the provider tells of the capture under many names at once', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const names = Array.from({ length: 16 }, (_, at) => `evt_${at}_of_the_same`);
    const answers = await Promise.all(names.map((id) => sendWebhook(app, { ...order.captured, id })));
    const outcomes = answers.map((answer) => answer.outcome).toSorted();
    expect(outcomes).toEqual(['APPLIED', ...Array(15).fill('STALE')]);
    expect(await jobsOf(app, 'settle-sale')).toBe(1);
  });

  it('leaves a captured payment captured when a late failure comes', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    expect(await sendWebhook(app, order.captured)).toMatchObject({ outcome: 'APPLIED' });
    expect(await sendWebhook(app, order.failed)).toMatchObject({ status: 200, outcome: 'STALE' });
    expect(await stateOf(order)).toMatchObject({
      state: 'PAID',
      payment: { state: 'CAPTURED', fee: { amount: '0.59' } },
    });
  });

  it('leaves a cancelled order cancelled when a capture comes after the failure, and pays it back', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    expect(await sendWebhook(app, order.failed)).toMatchObject({ outcome: 'APPLIED' });
    expect(await stateOf(order)).toMatchObject({ payment: { state: 'FAILED', failure: 'No funds.' } });
    expect(await sendWebhook(app, order.captured)).toMatchObject({ outcome: 'APPLIED' });
    expect(await stateOf(order)).toMatchObject({ state: 'CANCELLED', payment: { state: 'CAPTURED', failure: null } });
    expect(await jobsOf(app, 'settle-sale')).toBe(0);
    expect(await jobsOf(app, 'send-refund')).toBe(1);
  });

  it('does not take the word of a refund that nobody asked for', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    await sendWebhook(app, order.captured);
    const { payment_id: _, fee_minor: __, ...facts } = order.captured;
    const refund = { ...facts, id: 'evt_r', type: 'refund.succeeded', refund_id: app.platform.ids.next() };
    expect(await sendWebhook(app, refund)).toMatchObject({ status: 400, refusal: 'UNKNOWN_PAYMENT' });
    expect(await stateOf(order)).toMatchObject({ state: 'PAID' });
  });
});

function signatureOf(app: TestApp, event: object, at = app.clock.now()): string {
  const body = Buffer.from(JSON.stringify(event));
  return signWebhook({ secret: app.platform.config.paymentWebhookSecret, body, at });
}
