import type { FastifyInstance } from 'fastify';
import { randomIds } from '../../shared/ids.ts';

const GIVEN_ID = /^[\w-]{8,64}$/;

/** The id that the caller gave, where it is fit to be logged, else a new one. */
export function requestIdOf({ headers }: { headers: Record<string, string | string[] | undefined> }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && GIVEN_ID.test(given) ? given : randomIds.next();
}

/** One line a request, with the path but not the query string, which may hold what should not be in a log. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const { method, url, ip } = request;
    const line = {
      method,
      path: url.split('?', 1)[0],
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      ip,
    };
    if (url.startsWith('/health/')) request.log.debug(line, 'request');
    else request.log.info(line, 'request');
  });
}
