import { localId } from '../../src/shared/global-id.ts';
import { aContentForSale, aKey, placedOrder } from './order-operations.ts';
import { aLearner, type TestPerson } from './people.ts';
import type { TestApp } from './test-app.ts';
import { sendWebhook, type WebhookAnswer } from './webhooks.ts';

/** A placed order whose provider never says anything by itself: its notices are made here. */
export interface AwaitingOrder {
  /** Global. */
  readonly orderId: string;
  readonly learner: TestPerson;
  readonly contentId: string;
  readonly paymentId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

export interface AwaitingOptions {
  readonly priceMinor?: bigint;
  readonly currency?: string;
  /** A new one under a contract unless given. */
  readonly contentId?: string;
}

export async function anAwaitingOrder(app: TestApp, options: AwaitingOptions = {}): Promise<AwaitingOrder> {
  const { priceMinor = 10_000n, currency = 'CNY' } = options;
  const contentId = options.contentId ?? (await aContentForSale(app, { priceMinor, currency })).id;
  const learner = await aLearner(app);
  const orderId = await placedOrder(app, learner, { contentIds: [contentId] });
  const { rows } = await app.platform.database.pool.query<{ id: string }>(
    'select id from payments where order_id = $1',
    [localId('Order', orderId)],
  );
  return { orderId, learner, contentId, paymentId: rows[0]?.id ?? '', amountMinor: priceMinor, currency };
}

/** Makes the sandbox's events about one payment. `minute`: of an hour on the first of November, when it happened. */
export function noticesOf(order: Pick<AwaitingOrder, 'paymentId' | 'amountMinor' | 'currency'>) {
  const { paymentId, amountMinor, currency } = order;
  const facts = (name: string, minute: number, minor = amountMinor) => ({
    id: `evt_${name}_${paymentId}`,
    reference: `sbx_${paymentId}`,
    amount_minor: String(minor),
    currency,
    occurred_at: new Date(Date.UTC(2026, 10, 1, 8, minute)).toISOString(),
  });
  const ofPayment = { payment_id: paymentId };
  const dispute = { ...ofPayment, reference: `sbx_cb_${paymentId}` };
  return {
    authorised: (minute = 0) => ({ ...facts('auth', minute), ...ofPayment, type: 'payment.authorised' }),
    captured: (minute = 1) => ({ ...facts('cap', minute), ...ofPayment, type: 'payment.captured', fee_minor: '60' }),
    failed: (minute = 1) => ({ ...facts('fail', minute), ...ofPayment, type: 'payment.failed', failure: 'No funds.' }),
    refunded: (refundId: string, minor: bigint, minute = 10) => ({
      ...facts(`ref_${refundId}`, minute, minor),
      reference: `sbx_ref_${refundId}`,
      refund_id: refundId,
      type: 'refund.succeeded',
    }),
    refundFailed: (refundId: string, minor: bigint, minute = 10) => ({
      ...facts(`reff_${refundId}`, minute, minor),
      reference: `sbx_ref_${refundId}`,
      refund_id: refundId,
      type: 'refund.failed',
      failure: 'The card was closed.',
    }),
    disputed: (minor = amountMinor, minute = 20) => ({
      ...facts('cbo', minute, minor),
      ...dispute,
      type: 'chargeback.opened',
      fee_minor: '1500',
      reason: 'Not recognised.',
    }),
    won: (minor = amountMinor, minute = 30) => ({ ...facts('cbw', minute, minor), ...dispute, type: 'chargeback.won' }),
    lost: (minor = amountMinor, minute = 25) => ({
      ...facts('cbl', minute, minor),
      ...dispute,
      type: 'chargeback.lost',
    }),
  };
}

/** Sends events one after another. */
export async function tell(app: TestApp, ...events: readonly object[]): Promise<WebhookAnswer[]> {
  const answers: WebhookAnswer[] = [];
  for (const event of events) answers.push(await sendWebhook(app, event));
  return answers;
}

/** A refund that was asked for and handed to the provider, as it lies in the tables. @returns its id */
export async function aSentRefund(app: TestApp, orderId: string, amountMinor: bigint): Promise<string> {
  const id = app.platform.ids.next();
  await app.platform.database.pool.query(
    `insert into refunds (id, order_id, amount_minor, reason, state, idempotency_key, requested_by, requested_at, sent_at)
     values ($1, $2, $3, 'Too dear.', 'REQUESTED', $4, 'system:test', $5, $5)`,
    [id, localId('Order', orderId), amountMinor, aKey(), app.clock.now()],
  );
  return id;
}
