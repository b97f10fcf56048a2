import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it, vi } from 'vitest';
import { type ProductProcess, startProduct } from '../../support/product.ts';
import { hasRedis, uniquePrefix } from '../../support/redis.ts';
import { createTestDatabase } from '../../support/test-database.ts';

const LIMIT_MS = 180_000;
const JOBS = 60;
const LOG_IN =
  'mutation { logIn(input: { email: "nobody@example.com", password: "guess" }) { ...on UserError { code } } }';
const SIGN_UP = `mutation {
  signUp(input: { email: "wei@example.com", password: "a long enough phrase", displayName: "韦" }) {
    ... on SessionOpened { token } } }`;

async function ask<Data>(address: string, query: string, token?: string): Promise<Data> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(`${address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return ((await response.json()) as { data: Data }).data;
}

/** Ids of the jobs that a worker says it has done, one an execution. */
function jobsDoneBy(worker: ProductProcess): string[] {
  return worker
    .output()
    .split('\n')
    .filter((line) => line.includes('"job done"'))
    .map((line) => (JSON.parse(line) as { jobId: string }).jobId);
}

describe.each([
  { store: 'PostgreSQL', skip: false, redis: () => ({}) },
  { store: 'Redis', skip: !hasRedis(), redis: () => ({ REDIS_URL: inject('redisUrl'), REDIS_PREFIX: uniquePrefix() }) },
])('two API processes and two workers with their queues on $store', ({ skip, redis }) => {
  it.skipIf(skip)('migrate once, share sessions and limits, and do each job once', { timeout: LIMIT_MS }, async () => {
    await using test = await createTestDatabase();
    const { pool } = test.database;
    await pool.query('drop schema public, bullmq, volatile cascade; create schema public');
    const environment = { DATABASE_URL: test.url, LOG_LEVEL: 'info', ...redis() };
    await using one = startProduct('serve.ts', environment);
    await using other = startProduct('serve.ts', environment);
    await using worker = startProduct('work.ts', environment);
    await using colleague = startProduct('work.ts', environment);
    const processes = [one, other, worker, colleague];
    const [address = '', neighbour = ''] = await Promise.all(processes.map((process) => process.ready()));

    const { signUp } = await ask<{ signUp: { token: string } }>(address, SIGN_UP);
    expect(await ask(neighbour, '{ viewer { user { email } } }', signUp.token)).toEqual({
      viewer: { user: { email: 'wei@example.com' } },
    });

    const guesses = await Promise.all(
      Array.from({ length: 14 }, (_, n) => ask<{ logIn: { code: string } }>(n % 2 ? address : neighbour, LOG_IN)),
    );
    expect(guesses.filter(({ logIn }) => logIn.code === 'INVALID_CREDENTIALS')).toHaveLength(10);

    const ids = Array.from({ length: JOBS }, () => randomUUID());
    await pool.query(
      `insert into outbox_messages (id, job, payload, created_at, requested_by)
       select id, 'seal-ledger', '{}', now(), 'test' from unnest($1::uuid[]) as id`,
      [ids],
    );
    await vi.waitFor(
      async () => {
        const { rows } = await pool.query('select 1 from outbox_messages where settled_at is null');
        expect(rows).toHaveLength(0);
      },
      { timeout: 20_000, interval: 100 },
    );
    for (const process of processes) process.child.kill('SIGTERM');
    expect(await Promise.all(processes.map((process) => process.ended()))).toEqual([0, 0, 0, 0]);
    const done = [jobsDoneBy(worker), jobsDoneBy(colleague)];
    expect(done.flat().toSorted()).toEqual(ids.toSorted());
    expect(done.every((jobs) => jobs.length > 0)).toBe(true);
  });
});
