import type { Clock } from '../shared/clock.ts';
import type {
  Acknowledgement,
  ChargeRequest,
  PaybackRequest,
  PaymentProvider,
  ProviderNotice,
  WebhookRequest,
} from './payment-provider.ts';
import { parseSandboxEvent, type SandboxEvent } from './sandbox-notice.ts';
import type { DeliverWebhook } from './webhook-delivery.ts';
import { signWebhook, verifyWebhook } from './webhook-signature.ts';

export const SANDBOX = 'sandbox';
export const SANDBOX_METHODS = ['sandbox:ok', 'sandbox:slow', 'sandbox:decline'] as const;
export const SIGNATURE_HEADER = 'tributary-signature';

export const DISPUTE_EVENTS = ['OPENED', 'WON', 'LOST'] as const;
export type DisputeEvent = (typeof DISPUTE_EVENTS)[number];
/** What the sandbox asks for a dispute, whatever the currency. */
const CHARGEBACK_FEE_MINOR = 1_500n;

/** A dispute that somebody plays through. */
export interface SandboxDispute {
  readonly paymentId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly event: DisputeEvent;
  readonly reason: string;
}

export interface SandboxOptions {
  readonly clock: Clock;
  /** Signs and checks webhooks. */
  readonly secret: string;
  readonly deliver: DeliverWebhook;
}

/**
 * A provider for development, demos and tests: no money moves. `sandbox:ok` is captured for a fee of 0.6 %, rounded
 * half up to the minor unit; `sandbox:slow` is reserved first and captured by a second notice; `sandbox:decline` is
 * declined. It keeps no state: names of payments, refunds, disputes and events follow from ours, so that a repeated
 * request repeats the same event. A request is acknowledged once its webhook was accepted; until then it fails, and
 * whoever asked asks again.
 */
export class SandboxProvider implements PaymentProvider {
  readonly name = SANDBOX;
  readonly #options: SandboxOptions;

  constructor(options: SandboxOptions) {
    this.#options = options;
  }

  accepts(method: string): boolean {
    return SANDBOX_METHODS.some((known) => known === method);
  }

  async charge({ paymentId, method, amountMinor, currency }: ChargeRequest): Promise<Acknowledgement> {
    const reference = `sbx_pay_${paymentId}`;
    const facts = { reference, amount_minor: amountMinor.toString(), currency, payment_id: paymentId };
    if (method === 'sandbox:decline') {
      const failure = 'The sandbox declines this method.';
      await this.#send({ ...facts, ...this.#event(reference, 'failed'), type: 'payment.failed', failure });
    } else {
      if (method === 'sandbox:slow') {
        await this.#send({ ...facts, ...this.#event(reference, 'authorised'), type: 'payment.authorised' });
      }
      const fee_minor = sandboxFeeMinor(amountMinor).toString();
      await this.#send({ ...facts, ...this.#event(reference, 'captured'), type: 'payment.captured', fee_minor });
    }
    return { reference };
  }

  async payBack({ refundId, amountMinor, currency }: PaybackRequest): Promise<Acknowledgement> {
    const reference = `sbx_ref_${refundId}`;
    const facts = { reference, amount_minor: amountMinor.toString(), currency, refund_id: refundId };
    await this.#send({ ...facts, ...this.#event(reference, 'succeeded'), type: 'refund.succeeded' });
    return { reference };
  }

  /** As if the buyer's bank disputed a payment, or the dispute were decided: one dispute a payment. */
  async dispute({ paymentId, amountMinor, currency, event, reason }: SandboxDispute): Promise<void> {
    const reference = `sbx_cb_${paymentId}`;
    const facts = { reference, amount_minor: amountMinor.toString(), currency, payment_id: paymentId };
    switch (event) {
      case 'OPENED': {
        const fee_minor = CHARGEBACK_FEE_MINOR.toString();
        const opened = { ...facts, ...this.#event(reference, 'opened'), fee_minor, reason };
        return this.#send({ ...opened, type: 'chargeback.opened' });
      }
      case 'WON':
        return this.#send({ ...facts, ...this.#event(reference, 'won'), type: 'chargeback.won' });
      case 'LOST':
        return this.#send({ ...facts, ...this.#event(reference, 'lost'), type: 'chargeback.lost' });
    }
  }

  readNotice({ body, headers }: WebhookRequest): ProviderNotice {
    const header = headers[SIGNATURE_HEADER];
    const { clock, secret } = this.#options;
    verifyWebhook({ secret, body, header: Array.isArray(header) ? undefined : header, now: clock.now() });
    return parseSandboxEvent(body);
  }

  #event(reference: string, outcome: string) {
    return { id: `evt_${reference}_${outcome}`, occurred_at: this.#options.clock.now().toISOString() };
  }

  async #send(event: SandboxEvent): Promise<void> {
    const { clock, secret, deliver } = this.#options;
    const body = Buffer.from(JSON.stringify(event), 'utf8');
    const signature = signWebhook({ secret, body, at: clock.now() });
    const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature };
    const status = await deliver({ body, headers });
    if (status < 200 || status > 299) throw new Error(`The webhook ${event.id} was answered with ${status}.`);
  }
}

/** 0.6 % of the amount, rounded half up. */
export function sandboxFeeMinor(amountMinor: bigint): bigint {
  return (amountMinor * 6n + 500n) / 1_000n;
}
