import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type WebhookRefusal, WebhookRefusedError, type WebhookService } from '../../orders/index.ts';

/** A notice is a few hundred bytes. */
const BODY_LIMIT_BYTES = 64 * 1_024;

const statusOf: Readonly<Record<WebhookRefusal, number>> = {
  MALFORMED: 400,
  UNKNOWN_PAYMENT: 400,
  MISMATCH: 400,
  SIGNATURE: 401,
  TIMESTAMP: 401,
  UNKNOWN_PROVIDER: 404,
};

/**
 * Mounts `POST /webhooks/payments/:provider`. Any answer but 200 asks the provider to deliver again. The body is kept
 * as the bytes that came, since these are what the signature covers.
 */
export async function mountWebhooks(app: FastifyInstance, webhooks: WebhookService): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    const parser = { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES } as const;
    scope.addContentTypeParser<Buffer>('*', parser, async (_request: FastifyRequest, body: Buffer) => body);
    scope.post<{ Params: { provider: string } }>(
      '/webhooks/payments/:provider',
      { bodyLimit: BODY_LIMIT_BYTES },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        try {
          return { outcome: await webhooks.receive(request.params.provider, { body, headers: request.headers }) };
        } catch (error) {
          if (!(error instanceof WebhookRefusedError)) throw error;
          request.log.warn({ refusal: error.refusal, provider: request.params.provider }, 'webhook refused');
          return reply.code(statusOf[error.refusal]).send({ refusal: error.refusal, message: error.message });
        }
      },
    );
  });
}
