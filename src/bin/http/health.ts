import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { QueueBackend } from '../../../jobs/queues.ts';
import type { Database } from '../../platform/database.ts';

const ANSWER_WITHIN_MS = 2_000;

/**
 * `/health/live`: the process answers. `/health/ready`: it can do its work; with 503 and what is missing when it
 * cannot, also while it stops, so that a load balancer sends requests elsewhere.
 */
export function mountHealth(app: FastifyInstance, parts: { database: Database; queues: QueueBackend }): void {
  const { database, queues } = parts;
  let isMigrated = false;
  let isStopping = false;
  app.addHook('preClose', async () => {
    isStopping = true;
  });
  const checks = {
    database: () => database.isReachable(),
    queue: () => queues.isReachable(),
    migrations: async () => {
      // Once there is none pending, only a new program can know more.
      isMigrated ||= (await database.pendingMigrations()).length === 0;
      return isMigrated;
    },
    running: async () => !isStopping,
  };
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async (_request, reply) => {
    const results = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await ask(check)]));
    const failing = results.filter(([, isFine]) => !isFine).map(([name]) => name);
    reply.code(failing.length === 0 ? 200 : 503);
    return { status: failing.length === 0 ? 'ready' : 'not ready', failing };
  });
}

async function ask(check: () => Promise<boolean>): Promise<boolean> {
  const answer = check().catch(() => false);
  return Promise.race([answer, sleep(ANSWER_WITHIN_MS, false, { ref: false })]);
}
