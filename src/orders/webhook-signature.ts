import { createHmac, timingSafeEqual } from 'node:crypto';
import { WebhookRefusedError } from './webhook.errors.ts';

/** How far the sender's clock and the way may put a signature's time from ours. */
export const TOLERANCE_SECONDS = 300;

const HEADER = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/** `t=<seconds since 1970>,v1=<HMAC-SHA256 over "<t>.<body>", hexadecimal>` */
export function signWebhook({ secret, body, at }: { secret: string; body: Buffer; at: Date }): string {
  const seconds = Math.floor(at.getTime() / 1_000);
  return `t=${seconds},v1=${digestOf({ secret, seconds, body }).toString('hex')}`;
}

/**
 * Checks that whoever knows the secret has signed this body within the tolerance. The time is under the signature, so
 * that an old request cannot be given a new time; comparing takes as long wherever the digests differ.
 *
 * @throws WebhookRefusedError with `SIGNATURE` or `TIMESTAMP`
 */
export function verifyWebhook(signed: { secret: string; body: Buffer; header: string | undefined; now: Date }): void {
  const { secret, body, header = '', now } = signed;
  const [, time = '', signature = ''] = HEADER.exec(header) ?? [];
  const seconds = Number(time);
  const given = Buffer.from(signature, 'hex');
  const expected = digestOf({ secret, seconds, body });
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new WebhookRefusedError('SIGNATURE', 'The signature is missing or wrong.');
  }
  if (Math.abs(now.getTime() / 1_000 - seconds) > TOLERANCE_SECONDS) {
    throw new WebhookRefusedError('TIMESTAMP', `The signature is not from the last ${TOLERANCE_SECONDS} seconds.`);
  }
}

function digestOf({ secret, seconds, body }: { secret: string; seconds: number; body: Buffer }): Buffer {
  return createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();
}
