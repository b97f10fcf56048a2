import { z } from 'zod';
import { isStorableInstant, isStorableText } from '../shared/storable.ts';
import type { ProviderNotice } from './payment-provider.ts';
import { WebhookRefusedError } from './webhook.errors.ts';

const minorUnits = z
  .string()
  .regex(/^(0|[1-9]\d{0,17})$/)
  .transform(BigInt);

const text = (maxLength: number) => z.string().max(maxLength).refine(isStorableText, 'holds what no text can');

const facts = {
  id: text(200).min(1),
  reference: text(200).min(1),
  amount_minor: minorUnits,
  currency: z.string().regex(/^[A-Z]{3}$/),
  occurred_at: z.iso
    .datetime()
    .transform((text) => new Date(text))
    .refine(isStorableInstant, 'is out of bounds'),
};

const schema = z.discriminatedUnion('type', [
  z.strictObject({ ...facts, type: z.literal('payment.authorised'), payment_id: z.uuid() }),
  z.strictObject({ ...facts, type: z.literal('payment.captured'), payment_id: z.uuid(), fee_minor: minorUnits }),
  z.strictObject({ ...facts, type: z.literal('payment.failed'), payment_id: z.uuid(), failure: text(500) }),
  z.strictObject({ ...facts, type: z.literal('refund.succeeded'), refund_id: z.uuid() }),
  z.strictObject({ ...facts, type: z.literal('refund.failed'), refund_id: z.uuid(), failure: text(500) }),
  z.strictObject({
    ...facts,
    type: z.literal('chargeback.opened'),
    payment_id: z.uuid(),
    fee_minor: minorUnits,
    reason: text(500),
  }),
  z.strictObject({ ...facts, type: z.literal('chargeback.won'), payment_id: z.uuid() }),
  z.strictObject({ ...facts, type: z.literal('chargeback.lost'), payment_id: z.uuid() }),
]);

/** What the sandbox sends, as JSON. Amounts are strings of minor units. */
export type SandboxEvent = z.input<typeof schema>;

/** @throws WebhookRefusedError with `MALFORMED` */
export function parseSandboxEvent(body: Buffer): ProviderNotice {
  const result = schema.safeParse(readJson(body));
  if (!result.success) {
    const issues = result.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
    throw new WebhookRefusedError('MALFORMED', `The event is malformed. ${issues.join(' ')}`);
  }
  return toNotice(result.data);
}

function toNotice(event: z.output<typeof schema>): ProviderNotice {
  const notice = {
    eventId: event.id,
    reference: event.reference,
    amountMinor: event.amount_minor,
    currency: event.currency,
    occurredAt: event.occurred_at,
  };
  switch (event.type) {
    case 'payment.authorised':
      return { ...notice, type: 'PAYMENT_AUTHORISED', paymentId: event.payment_id };
    case 'payment.captured':
      return { ...notice, type: 'PAYMENT_CAPTURED', paymentId: event.payment_id, feeMinor: event.fee_minor };
    case 'payment.failed':
      return { ...notice, type: 'PAYMENT_FAILED', paymentId: event.payment_id, failure: event.failure };
    case 'refund.succeeded':
      return { ...notice, type: 'REFUND_SUCCEEDED', refundId: event.refund_id };
    case 'refund.failed':
      return { ...notice, type: 'REFUND_FAILED', refundId: event.refund_id, failure: event.failure };
    case 'chargeback.opened': {
      const { payment_id: paymentId, fee_minor: feeMinor, reason } = event;
      return { ...notice, type: 'CHARGEBACK_OPENED', paymentId, feeMinor, reason };
    }
    case 'chargeback.won':
      return { ...notice, type: 'CHARGEBACK_WON', paymentId: event.payment_id };
    case 'chargeback.lost':
      return { ...notice, type: 'CHARGEBACK_LOST', paymentId: event.payment_id };
  }
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new WebhookRefusedError('MALFORMED', 'The body is no JSON in UTF-8.');
  }
}
