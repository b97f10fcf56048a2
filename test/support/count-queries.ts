import type { PoolClient } from 'pg';
import type { TestApp } from './test-app.ts';

/** Number of statements that the product's pool sends while `work` runs. */
export async function countQueries(app: TestApp, work: () => Promise<unknown>): Promise<number> {
  const { pool } = app.platform.database;
  const counted = new Map<PoolClient, PoolClient['query']>();
  let statements = 0;
  const watch = (client: PoolClient) => {
    if (counted.has(client)) return;
    counted.set(client, client.query);
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const counting = (...args: unknown[]) => {
      statements += 1;
      return query(...args);
    };
    Object.assign(client, { query: counting });
  };
  pool.on('acquire', watch);
  try {
    await work();
    return statements;
  } finally {
    pool.off('acquire', watch);
    for (const [client, query] of counted) Object.assign(client, { query });
  }
}
