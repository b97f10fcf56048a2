import type { PoolClient } from 'pg';
import type { TestApp } from './test-app.ts';

interface PlanNode {
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

/**
 * Rows that the database looks at in each table, kept and thrown away, for all that the product's pool asks while
 * `work` runs. Every question is asked a second time to be explained, so it must be one that only reads.
 */
export async function rowsRead(app: TestApp, work: () => Promise<unknown>): Promise<Map<string, number>> {
  const asked = await questionsOf(app, work);
  const counts = new Map<string, number>();
  for (const { text, values } of asked) {
    const { rows } = await app.platform.database.pool.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      `explain (analyze, format json) ${text}`,
      [...values],
    );
    const [explained] = rows[0]?.['QUERY PLAN'] ?? [];
    if (explained) addNode(counts, explained.Plan);
  }
  return counts;
}

interface Question {
  readonly text: string;
  readonly values: readonly unknown[];
}

async function questionsOf(app: TestApp, work: () => Promise<unknown>): Promise<Question[]> {
  const { pool } = app.platform.database;
  const asked: Question[] = [];
  const watched = new Map<PoolClient, PoolClient['query']>();
  const watch = (client: PoolClient) => {
    if (watched.has(client)) return;
    watched.set(client, client.query);
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    const listening = (...args: unknown[]) => {
      const [text, values] = args;
      if (typeof text === 'string' && /^\s*(select|with)\b/i.test(text)) {
        asked.push({ text, values: Array.isArray(values) ? values : [] });
      }
      return query(...args);
    };
    Object.assign(client, { query: listening });
  };
  pool.on('acquire', watch);
  try {
    await work();
    return asked;
  } finally {
    pool.off('acquire', watch);
    for (const [client, query] of watched) Object.assign(client, { query });
  }
}

function addNode(counts: Map<string, number>, node: PlanNode): void {
  const table = node['Relation Name'];
  if (table !== undefined) {
    const perLoop =
      node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
    counts.set(table, (counts.get(table) ?? 0) + perLoop * node['Actual Loops']);
  }
  for (const child of node.Plans ?? []) addNode(counts, child);
}
