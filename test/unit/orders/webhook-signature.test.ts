import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signWebhook, TOLERANCE_SECONDS, type WebhookRefusedError } from '../../../src/orders/index.ts';
import { verifyWebhook } from '../../../src/orders/webhook-signature.ts';

const secret = 'a secret of sixteen or more';
const at = new Date('2026-11-01T08:00:00.500Z');
const body = Buffer.from('{"id":"evt_1"}');

function refusalOf(signed: Partial<Parameters<typeof verifyWebhook>[0]>): string | null {
  const header = signWebhook({ secret, body, at });
  try {
    verifyWebhook({ secret, body, header, now: at, ...signed });
    return null;
  } catch (error) {
    return (error as WebhookRefusedError).refusal;
  }
}

describe('the signature of a webhook', () => {
  it('is an HMAC-SHA256 over time, dot and body', () => {
    const seconds = 1_793_520_000;
    const digest = createHmac('sha256', secret).update(`${seconds}.{"id":"evt_1"}`).digest('hex');
    expect(signWebhook({ secret, body, at })).toBe(`t=${seconds},v1=${digest}`);
    expect(refusalOf({})).toBeNull();
  });

  it('holds for the tolerance to both sides of its second, and no longer', () => {
    const second = Math.floor(at.getTime() / 1_000);
    const when = (offset: number) => refusalOf({ now: new Date((second + offset) * 1_000) });
    expect(when(TOLERANCE_SECONDS)).toBeNull();
    expect(when(-TOLERANCE_SECONDS)).toBeNull();
    expect(when(TOLERANCE_SECONDS + 1)).toBe('TIMESTAMP');
    expect(when(-TOLERANCE_SECONDS - 1)).toBe('TIMESTAMP');
  });

  it('does not hold for any other body, secret or header', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.string({ maxLength: 90 }), (bytes, text) => {
        fc.pre(!Buffer.from(bytes).equals(body));
        expect(refusalOf({ body: Buffer.from(bytes) })).toBe('SIGNATURE');
        expect(refusalOf({ secret: `${secret}${text}!` })).toBe('SIGNATURE');
        expect(refusalOf({ header: text })).toBe('SIGNATURE');
      }),
    );
    expect(refusalOf({ header: undefined })).toBe('SIGNATURE');
  });
});
