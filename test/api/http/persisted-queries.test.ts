import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { startTestApp } from '../../support/test-app.ts';

const QUERY = '{ viewer { __typename } }';

function hashed(query: string, { withText }: { withText: boolean }) {
  const sha256Hash = createHash('sha256').update(query).digest('hex');
  return { ...(withText ? { query } : {}), extensions: { persistedQuery: { version: 1, sha256Hash } } };
}

it('keeps a query under its digest, for every process', async () => {
  await using app = await startTestApp();
  const post = async (payload: object) =>
    (await app.server.inject({ method: 'POST', url: '/graphql', payload })).json<Record<string, unknown>>();
  expect(await post(hashed(QUERY, { withText: false }))).toMatchObject({
    errors: [{ message: 'PersistedQueryNotFound' }],
  });
  expect(await post(hashed(QUERY, { withText: true }))).toEqual({ data: { viewer: null } });
  expect(await post(hashed(QUERY, { withText: false }))).toEqual({ data: { viewer: null } });
  const kept = await app.platform.database.pool.query('select value from volatile.cache_entries');
  expect(kept.rows).toEqual([{ value: QUERY }]);
});

it('keeps no query that is refused, and none that is very long', async () => {
  await using app = await startTestApp();
  const post = (payload: object) => app.server.inject({ method: 'POST', url: '/graphql', payload });
  await post(hashed('{ nonsense }', { withText: true }));
  const long = await post(hashed(`{ viewer { __typename } } #${'x'.repeat(20_000)}`, { withText: true }));
  expect(long.json()).toEqual({ data: { viewer: null } });
  const kept = await app.platform.database.pool.query('select 1 from volatile.cache_entries');
  expect(kept.rowCount).toBe(0);
});
