import { type Audit, serverAudits } from 'graphql-http';
import { expect, it } from 'vitest';
import { startTestApp } from '../../support/test-app.ts';

/** Browsers send a preflight for this header, which keeps other sites from making them send queries. */
const fetchWithPreflight: typeof fetch = (url, init) =>
  fetch(url, { ...init, headers: { ...init?.headers, 'apollo-require-preflight': 'yes' } });

it('passes every audit of the GraphQL over HTTP specification', async () => {
  await using app = await startTestApp();
  const url = `${await app.server.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  const audits = serverAudits({ url, fetchFn: withPreflightOnGet });
  const results = await Promise.all(audits.map(async ({ name, fn }) => ({ name, result: await resultOf(fn) })));
  expect(results.length).toBeGreaterThan(50);
  expect(results.filter(({ result }) => result !== 'ok')).toEqual([]);
});

const withPreflightOnGet: typeof fetch = (url, init) =>
  init?.method === 'POST' ? fetch(url, init) : fetchWithPreflight(url, init);

async function resultOf(audit: Audit['fn']): Promise<string> {
  const result = await audit();
  return result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`;
}
