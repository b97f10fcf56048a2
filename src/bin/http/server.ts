import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import type { Platform } from '../../platform/platform.ts';
import type { Services } from '../../services.ts';
import { randomIds } from '../../shared/ids.ts';
import { mountGraphql } from './graphql.ts';

export interface ServerOptions {
  readonly platform: Platform;
  readonly services: Services;
}

/** The HTTP server with everything mounted, not yet listening. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { config, logger } = options.platform;
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: config.requestBodyLimitBytes,
    genReqId: () => randomIds.next(),
    forceCloseConnections: 'idle',
  });
  await mountGraphql(app, options);
  return app;
}
