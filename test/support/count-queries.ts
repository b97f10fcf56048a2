import { AsyncLocalStorage } from 'node:async_hooks';
import type { PoolClient } from 'pg';
import type { TestApp } from './test-app.ts';

const counting = new AsyncLocalStorage<true>();

/**
 * Number of statements that `work` sends through the product's pool. What the relay asks at the same time, on its own
 * account, is not counted.
 * @throws Error when it sends none: then it ran outside of what is counted
 */
export async function countQueries(app: TestApp, work: () => Promise<unknown>): Promise<number> {
  const { pool } = app.platform.database;
  const watched = new Map<PoolClient, PoolClient['query']>();
  let statements = 0;
  const watch = (client: PoolClient) => {
    if (watched.has(client)) return;
    watched.set(client, client.query);
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const watchedQuery = (...args: unknown[]) => {
      if (counting.getStore()) statements += 1;
      return query(...args);
    };
    Object.assign(client, { query: watchedQuery });
  };
  pool.on('acquire', watch);
  try {
    await counting.run(true, work);
    if (statements === 0) throw new Error('No statement was counted.');
    return statements;
  } finally {
    pool.off('acquire', watch);
    for (const [client, query] of watched) Object.assign(client, { query });
  }
}
