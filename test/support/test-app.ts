import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { postgresQueues } from '../../jobs/postgres.queues.ts';
import type { QueueBackend } from '../../jobs/queues.ts';
import { type JobRuntime, startJobs } from '../../jobs/runtime.ts';
import { createServer } from '../../src/bin/http/server.ts';
import type { DeliverWebhook } from '../../src/orders/index.ts';
import { type Config, readConfig } from '../../src/platform/config.ts';
import { createLogger } from '../../src/platform/logger.ts';
import type { Platform } from '../../src/platform/platform.ts';
import { openStores } from '../../src/platform/stores.ts';
import { createServices, type Services } from '../../src/services.ts';
import { ManualClock } from '../../src/shared/clock.ts';
import { randomIds } from '../../src/shared/ids.ts';
import { User } from '../../src/users/index.ts';
import { createTestDatabase } from './test-database.ts';

/** What a GraphQL request answered. */
export interface Answer {
  readonly status: number;
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly { message: string; extensions?: Record<string, unknown> }[];
}

export interface TestApp extends AsyncDisposable {
  readonly server: FastifyInstance;
  readonly platform: Platform;
  readonly services: Services;
  readonly queues: QueueBackend;
  readonly clock: ManualClock;
  readonly databaseUrl: string;
  /** Sends one operation through the whole server. `token` is that of a session. */
  graphql(query: string, variables?: Record<string, unknown>, options?: { token?: string }): Promise<Answer>;
  /** As `graphql`, for operations that must not fail. @throws Error with the messages of the errors */
  query<Data>(query: string, variables?: Record<string, unknown>, options?: { token?: string }): Promise<Data>;
  /** Opens a session without a password and gives its token. */
  tokenOf(userId: string): Promise<string>;
  /** Waits until every job that the outbox wants is done. @throws Error naming the jobs that were given up. */
  drainJobs(): Promise<void>;
}

export interface TestAppOptions {
  readonly now?: Date;
  readonly config?: Partial<Config>;
  /** What becomes of the payment provider's webhooks, other than that they reach the server at once. */
  readonly deliverWebhook?: DeliverWebhook;
  /** Fills the database before the first request. */
  readonly seed?: (platform: Platform, services: Services) => Promise<void>;
}

/** Neither chance nor the time that loading takes decides what a feed shows. */
const FEEDS_WITHOUT_CHANCE = { FEED_EXPLORATION_PERCENT: '0', FEED_MODEL_PATIENCE_MS: '5000' };
const DRAIN_TIMEOUT_MS = 30_000;

/** The whole product on a database of its own; workers start with the first `drainJobs`. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const testDatabase = await createTestDatabase();
  const clock = new ManualClock(options.now ?? new Date('2026-11-01T08:00:00Z'));
  const config = {
    ...readConfig({ NODE_ENV: 'test', LOG_LEVEL: process.env.TEST_LOG ?? 'silent', ...FEEDS_WITHOUT_CHANCE }),
    ...options.config,
  };
  const logger = createLogger(config);
  const { database } = testDatabase;
  const stores = openStores({ config, database, logger });
  const platform: Platform = { config, database, ...stores, clock, ids: randomIds, logger };
  const deliverToServer: DeliverWebhook = async ({ body, headers }) => {
    const request = { method: 'POST', url: '/webhooks/payments/sandbox', payload: body, headers } as const;
    return (await server.inject(request)).statusCode;
  };
  const services = createServices(platform, { deliverWebhook: options.deliverWebhook ?? deliverToServer });
  await options.seed?.(platform, services);
  const backend = postgresQueues(testDatabase.url, { logger });
  const server = await createServer({ platform, services, queues: backend });
  let jobs: Promise<JobRuntime> | undefined;
  const startedJobs = () => {
    jobs ??= startJobs({ platform, services, backend, databaseUrl: testDatabase.url, withSchedule: false });
    return jobs;
  };
  return {
    server,
    platform,
    services,
    queues: backend,
    clock,
    databaseUrl: testDatabase.url,
    graphql: (query, variables = {}, { token } = {}) => send(server, { query, variables }, token),
    async query<Data>(query: string, variables = {}, { token }: { token?: string } = {}) {
      const answer = await send(server, { query, variables }, token);
      if (answer.errors.length > 0) throw new Error(answer.errors.map((error) => error.message).join('\n'));
      return answer.data as Data;
    },
    async tokenOf(userId) {
      const user = await platform.database.orm.em.fork().findOneOrFail(User, { id: userId });
      return (await services.access.openSession(user)).token;
    },
    async drainJobs() {
      const { relay } = await startedJobs();
      await relay.drain();
      await untilSettled(services);
      await assertNoneGivenUp(platform);
    },
    async [Symbol.asyncDispose]() {
      await (await jobs)?.close();
      await server.close();
      await backend.close();
      await stores.close();
      await testDatabase[Symbol.asyncDispose]();
    },
  };
}

async function send(server: FastifyInstance, payload: object, token: string | undefined): Promise<Answer> {
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await server.inject({ method: 'POST', url: '/graphql', payload, headers: authorization });
  const body = response.json<{ data?: Record<string, unknown>; errors?: Answer['errors'] }>();
  return { status: response.statusCode, data: body.data ?? null, errors: body.errors ?? [] };
}

async function untilSettled(services: Services): Promise<void> {
  const deadline = performance.now() + DRAIN_TIMEOUT_MS;
  while ((await services.outbox.countOpen()) > 0) {
    if (performance.now() > deadline) throw new Error('Jobs are still open after the time limit.');
    await sleep(15);
  }
}

async function assertNoneGivenUp(platform: Platform): Promise<void> {
  const rows = await platform.database.orm.em
    .fork()
    .execute<{ job: string; error: string }[]>('select job, error from outbox_messages where error is not null');
  if (rows.length > 0) throw new Error(rows.map((row) => `${row.job}: ${row.error}`).join('\n'));
}
