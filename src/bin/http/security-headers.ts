import type { FastifyInstance } from 'fastify';
import type { Config } from '../../platform/config.ts';

const EVERYWHERE = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
  // For answers that are data. Pages set one that fits them.
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

const YEAR_SECONDS = 365 * 24 * 3_600;

export function setSecurityHeaders(app: FastifyInstance, config: Config): void {
  const headers: Record<string, string> = { ...EVERYWHERE };
  if (config.environment === 'production') {
    headers['strict-transport-security'] = `max-age=${YEAR_SECONDS}; includeSubDomains`;
  }
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers);
  });
}
