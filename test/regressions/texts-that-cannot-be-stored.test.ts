import { expect, it } from 'vitest';
import { encodeCursor } from '../../src/shared/page.ts';
import { aPerson } from '../support/people.ts';
import { startTestApp } from '../support/test-app.ts';
import { sendWebhook } from '../support/webhooks.ts';

const UUID = '01900000-0000-7000-8000-000000000000';
const NUL = 'a\u0000b';
const HALF = 'a\ud800';

it.each([
  ['filter.domain', 'query ($filter: ContentFilter!) { contents(filter: $filter) { edges { cursor } } }'],
  ['filter.domain', 'query ($filter: PartnerFilter!) { partners(filter: $filter) { edges { cursor } } }'],
])('answers a NUL or half a character in %s as a mistake of the caller', async (field, query) => {
  await using app = await startTestApp();
  for (const domain of [NUL, HALF]) {
    const { errors } = await app.graphql(query, { filter: { domain } });
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field } }]);
  }
});

it('names the list entry whose text cannot be stored', async () => {
  await using app = await startTestApp();
  const { token } = await aPerson(app);
  const query = 'query ($domains: [String!]) { viewer { feed(domains: $domains) { edges { cursor } } } }';
  const { errors } = await app.graphql(query, { domains: ['technology', NUL] }, { token });
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'domains.1' } }]);
});

it('refuses a NUL that the document itself carries', async () => {
  await using app = await startTestApp();
  const { errors } = await app.graphql('{ contents(filter: { domain: "a\\u0000b" }) { edges { cursor } } }');
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
});

it('stands variables of any depth', async () => {
  await using app = await startTestApp();
  const payload = `{"query":"{__typename}","variables":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`;
  const headers = { 'content-type': 'application/json' };
  const answer = await app.server.inject({ method: 'POST', url: '/graphql', payload, headers });
  expect(answer.json()).toEqual({ data: { __typename: 'Query' } });
});

it.each(['partners', 'contents'])('takes no cursor of %s that hides a NUL, or a time of no calendar', async (list) => {
  await using app = await startTestApp();
  const query = `query ($after: String) { ${list}(after: $after) { edges { cursor } } }`;
  for (const first of [NUL, HALF, '-271821-04-20T00:00:00.000Z', '+275760-09-13T00:00:00.000Z']) {
    const isText = list === 'partners' && first.includes('T00');
    const { errors } = await app.graphql(query, { after: encodeCursor([first, UUID]) });
    const refused = [{ extensions: { code: 'INVALID_INPUT', field: 'after' } }];
    expect(errors).toMatchObject(isText ? [] : refused);
  }
});

it('takes no cursor of campaigns with a time of no calendar', async () => {
  await using app = await startTestApp();
  const { token } = await aPerson(app, { roles: ['ADMIN'] });
  const after = encodeCursor(['+275760-09-13T00:00:00.000Z', UUID]);
  const query = 'query ($after: String) { campaigns(after: $after) { edges { cursor } } }';
  const { errors } = await app.graphql(query, { after }, { token });
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'after' } }]);
});

it('does not know a persisted query by a digest that is none', async () => {
  await using app = await startTestApp();
  const payload = { extensions: { persistedQuery: { version: 1, sha256Hash: NUL } } };
  const answer = await app.server.inject({ method: 'POST', url: '/graphql', payload });
  expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] });
});

it('shows the form again to an admin whose address holds a NUL', async () => {
  await using app = await startTestApp();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const request = { method: 'POST', url: '/admin/login', payload: 'email=a%00b&password=x', headers } as const;
  expect((await app.server.inject(request)).statusCode).toBe(401);
});

it('calls a signed webhook malformed whose texts or times cannot be stored', async () => {
  await using app = await startTestApp();
  const event = {
    type: 'refund.failed',
    id: 'evt',
    reference: 'ref',
    amount_minor: '1',
    currency: 'CNY',
    occurred_at: '2026-11-01T00:00:00Z',
    refund_id: UUID,
    failure: 'none',
  };
  for (const wrong of [{ id: NUL }, { reference: HALF }, { failure: NUL }, { occurred_at: '0000-01-01T00:00:00Z' }]) {
    expect(await sendWebhook(app, { ...event, ...wrong })).toMatchObject({ status: 400, refusal: 'MALFORMED' });
  }
});
