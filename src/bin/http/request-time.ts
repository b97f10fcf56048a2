import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body may be long and its sender slow: only the limit of the whole server holds. */
    readonly takesLongBodies?: boolean;
  }
}

/** What the whole server allows, for the longest body that a route takes. */
export const LONGEST_REQUEST_MS = 30 * 60_000;
const REQUEST_WITHIN_MS = 30_000;

const TOO_LATE = 'HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

/**
 * A request must have come whole within its time: who sends it drop by drop does not keep a connection. Routes that take
 * long bodies say so.
 */
export function limitRequestTime(app: FastifyInstance, withinMs = REQUEST_WITHIN_MS): void {
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  app.addHook('onRequest', async (request) => {
    const { raw, routeOptions } = request;
    if (raw.complete || routeOptions.config.takesLongBodies) return;
    const giveUp = () => {
      if (!raw.complete) raw.socket.end(TOO_LATE, () => raw.socket.destroy());
    };
    timers.set(request, setTimeout(giveUp, withinMs).unref());
  });
  app.addHook('onResponse', async (request) => clearTimeout(timers.get(request)));
}
