import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import type { QueueBackend } from '../../../jobs/queues.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Services } from '../../services.ts';
import { mountAdmin } from './admin.ts';
import { answerFailures, answerUnreadableAddress } from './failures.ts';
import { mountGraphql } from './graphql.ts';
import { mountHealth } from './health.ts';
import { mountLinks } from './links.ts';
import { endConnectionsOnClose } from './listen.ts';
import { mountPayoutFiles } from './payouts.ts';
import { mountSettlementFiles } from './reconciliation.ts';
import { logRequests, requestIdOf } from './request-log.ts';
import { LONGEST_REQUEST_MS, limitRequestTime } from './request-time.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { mountStatements } from './statements.ts';
import { mountWebhooks } from './webhooks.ts';

const SLOWNESS = { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 } as const;

export interface ServerOptions {
  readonly platform: Platform;
  readonly services: Services;
  readonly queues: QueueBackend;
}

/** The HTTP server with everything mounted, not yet listening. */
export async function createServer({ platform, services, queues }: ServerOptions): Promise<FastifyInstance> {
  const { config, database, logger } = platform;
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: config.requestBodyLimitBytes,
    trustProxy: config.trustProxy ?? false,
    genReqId: requestIdOf,
    requestTimeout: LONGEST_REQUEST_MS,
    http: SLOWNESS,
    forceCloseConnections: 'idle',
    frameworkErrors: answerUnreadableAddress,
  });
  endConnectionsOnClose(app);
  limitRequestTime(app);
  logRequests(app);
  setSecurityHeaders(app, config);
  answerFailures(app);
  mountHealth(app, { database, queues });
  await mountGraphql(app, { platform, services });
  await mountWebhooks(app, services.webhooks);
  mountLinks(app, { platform, linkVisits: services.linkVisits });
  mountStatements(app, services);
  mountPayoutFiles(app, services);
  await mountSettlementFiles(app, services);
  await mountAdmin(app, { access: services.access, queues, config });
  return app;
}
