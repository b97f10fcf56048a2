import { expect, it } from 'vitest';
import { startTestApp } from '../../support/test-app.ts';

it('opens for browsers, from this server alone', async () => {
  await using app = await startTestApp();
  const page = await app.server.inject({ url: '/graphql', headers: { accept: 'text/html,application/xhtml+xml' } });
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.body).not.toMatch(/https?:\/\//);
  expect(page.headers['content-security-policy']).not.toMatch(/https?:|unsafe-eval|script-src[^;]*unsafe-inline/);
  const paths = [...page.body.matchAll(/(?:href|from|src)[= ]"(\/explorer\/[\w.]+)"/g)].map(([, path]) => path ?? '');
  expect(paths.length).toBeGreaterThanOrEqual(3);
  for (const url of paths) expect((await app.server.inject({ url })).statusCode).toBe(200);
});

it('leaves every other use of the address to the API', async () => {
  await using app = await startTestApp();
  const headers = { accept: 'text/html, */*', 'apollo-require-preflight': 'yes' };
  const got = await app.server.inject({ url: '/graphql?query=%7B__typename%7D', headers });
  expect(got.json()).toEqual({ data: { __typename: 'Query' } });
});

it('has no file outside of its own', async () => {
  await using app = await startTestApp();
  for (const url of ['/explorer/../package.json', '/explorer/%2e%2e%2fpackage.json', '/explorer/__proto__']) {
    expect((await app.server.inject({ url })).statusCode).toBe(404);
  }
});
