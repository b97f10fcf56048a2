import { setTimeout as sleep } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { TestApp } from './test-app.ts';

/** Long enough for a request that waits for nothing. */
const HELD_MS = 300;

/**
 * Runs `request` while another transaction holds a person and, before it lets go, does `meanwhile`.
 *
 * @returns the request's answer, and whether it came only after the other transaction was over
 */
export async function whileHeld<Answer>(
  app: TestApp,
  userId: string,
  work: { request: () => Promise<Answer>; meanwhile: (client: PoolClient) => Promise<unknown> },
): Promise<{ answer: Answer; hasWaited: boolean }> {
  const client = await app.platform.database.pool.connect();
  try {
    await client.query('begin');
    await client.query('select id from users where id = $1 for no key update', [userId]);
    let isOver = false;
    const asked = work.request().then((answer) => ({ answer, hasWaited: isOver }));
    await sleep(HELD_MS);
    await work.meanwhile(client);
    isOver = true;
    await client.query('commit');
    return await asked;
  } finally {
    client.release();
  }
}
