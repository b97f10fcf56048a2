import type { FastifyInstance } from 'fastify';
import { createQueueBackend } from '../../../jobs/queue-backend.ts';
import { startJobs } from '../../../jobs/runtime.ts';
import { loadDemo } from '../../../seeds/demo/load.ts';
import { readConfig } from '../../platform/config.ts';
import type { Platform } from '../../platform/platform.ts';
import { startScratchPostgres } from '../../platform/scratch-postgres.ts';
import { createServices, type Services } from '../../services.ts';
import { ManualClock } from '../../shared/clock.ts';
import { createServer } from '../http/server.ts';
import { connectPlatform } from '../open-platform.ts';

/** The whole product on a database that is gone afterwards, on a day of our choice. */
export interface DemoProduct extends AsyncDisposable {
  readonly platform: Platform;
  readonly server: FastifyInstance;
  readonly services: Services;
  readonly clock: ManualClock;
}

export async function openDemoProduct(today: Date): Promise<DemoProduct> {
  await using stack = new AsyncDisposableStack();
  const config = readConfig({ LOG_LEVEL: 'error' });
  const postgres = await startScratchPostgres();
  stack.defer(() => postgres.stop());
  const opened = await connectPlatform(config, postgres);
  stack.defer(() => opened.close());
  const clock = new ManualClock(today);
  const platform = { ...opened.platform, clock };
  await loadDemo(platform);
  const services: Services = createServices(platform, {
    deliverWebhook: async ({ body, headers }) => {
      const request = { method: 'POST', url: '/webhooks/payments/sandbox', payload: body, headers } as const;
      return (await server.inject(request)).statusCode;
    },
  });
  const queues = createQueueBackend({ ...config, databaseUrl: postgres.url, logger: platform.logger });
  stack.defer(() => queues.close());
  await queues.prepare();
  const server = await createServer({ platform, services, queues });
  stack.defer(() => server.close());
  const jobs = await startJobs({
    platform,
    services,
    backend: queues,
    databaseUrl: postgres.url,
    withSchedule: false,
  });
  stack.defer(() => jobs.close());
  const resources = stack.move();
  return { platform, server, services, clock, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
