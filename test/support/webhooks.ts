import { SIGNATURE_HEADER, signWebhook } from '../../src/orders/index.ts';
import type { TestApp } from './test-app.ts';

export interface WebhookAnswer {
  readonly status: number;
  readonly outcome?: string;
  readonly refusal?: string;
}

export interface WebhookOptions {
  /** Those of the sandbox unless given. */
  readonly secret?: string;
  readonly signedAt?: Date;
  readonly provider?: string;
  /** Put in place of the signature; null for none. */
  readonly signature?: string | null;
}

/** Sends an event as the sandbox does; text goes as it is. */
export async function sendWebhook(
  app: TestApp,
  event: object | string,
  options: WebhookOptions = {},
): Promise<WebhookAnswer> {
  const body = Buffer.from(typeof event === 'string' ? event : JSON.stringify(event));
  const secret = options.secret ?? app.platform.config.paymentWebhookSecret;
  const { signature = signWebhook({ secret, body, at: options.signedAt ?? app.clock.now() }) } = options;
  const response = await app.server.inject({
    method: 'POST',
    url: `/webhooks/payments/${options.provider ?? 'sandbox'}`,
    payload: body,
    headers: { 'content-type': 'application/json', ...(signature === null ? {} : { [SIGNATURE_HEADER]: signature }) },
  });
  return { status: response.statusCode, ...response.json<object>() };
}
