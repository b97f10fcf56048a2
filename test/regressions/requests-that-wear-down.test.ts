import { expect, it } from 'vitest';
import { startTestApp } from '../support/test-app.ts';

it('refuses a document whose repeated fields would take long to compare', async () => {
  await using app = await startTestApp();
  const { errors } = await app.graphql(`{ viewer { ${'user { id } '.repeat(400)} } }`);
  expect(errors).toMatchObject([{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }]);
});

it('does not call a refusal without a code of its own an internal error', async () => {
  await using app = await startTestApp();
  const wrong = [
    { query: 'subscription { viewer }' },
    { query: '{ __typename }', extensions: { persistedQuery: { version: 2, sha256Hash: 'x' } } },
  ];
  for (const payload of wrong) {
    const answer = await app.server.inject({ method: 'POST', url: '/graphql', payload });
    expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  }
});

it('waits for heads a quarter of a minute, and for whole requests no longer than the longest upload takes', async () => {
  await using app = await startTestApp();
  const { requestTimeout, headersTimeout } = app.server.server;
  // All but uploads have much less: test/unit/bin/request-time.test.ts sends them drop by drop.
  expect({ requestTimeout, headersTimeout }).toEqual({ requestTimeout: 30 * 60_000, headersTimeout: 15_000 });
});
