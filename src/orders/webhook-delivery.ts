/** A webhook on its way to us. */
export interface WebhookPost {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Brings a webhook to its endpoint and says with which HTTP status it was answered. */
export type DeliverWebhook = (post: WebhookPost) => Promise<number>;

const TIMEOUT_MS = 10_000;

/** Delivers over the network, as a provider does. */
export function deliverByHttp(url: string): DeliverWebhook {
  return async ({ body, headers }) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(url, { method: 'POST', body: new Uint8Array(body), headers, signal, redirect: 'error' });
    await answer.body?.cancel();
    return answer.status;
  };
}
