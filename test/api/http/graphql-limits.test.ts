import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app[Symbol.asyncDispose]());

async function codesOf(query: string, variables: Record<string, unknown> = {}): Promise<unknown[]> {
  const { data, errors } = await app.graphql(query, variables);
  expect(data).toBeNull();
  return [...new Set(errors.map((error) => error.extensions?.code))];
}

const repeat = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join(' ');
/** Types within types, as deep as asked for: `__type` itself is the first level, a name the last. */
const nested = (depth: number) =>
  `{ __type(name: "Query") ${'{ ofType '.repeat(depth - 2)} { name } ${'}'.repeat(depth - 2)} }`;

describe('what one operation may ask for', () => {
  it('lets the standard introspection query through, the deepest that tools send', async () => {
    expect((await app.graphql(getIntrospectionQuery())).errors).toEqual([]);
  });

  it('refuses an operation that is too deep, also through fragments', async () => {
    expect((await app.graphql(nested(15))).errors).toEqual([]);
    expect(await codesOf(nested(16))).toEqual(['QUERY_TOO_LARGE']);
    const chain = repeat(14, (n) => `fragment f${n} on __Type { ofType { ...f${n + 1} } }`);
    const spread = `{ __type(name: "Query") { ...f0 } } ${chain} fragment f14 on __Type { name }`;
    expect(await codesOf(spread)).toEqual(['QUERY_TOO_LARGE']);
  });

  it('refuses too many aliases, and too many fields at the root', async () => {
    expect(await codesOf(`{ viewer { ${repeat(31, (n) => `a${n}: __typename`)} } }`)).toEqual(['QUERY_TOO_LARGE']);
    expect((await app.graphql(`{ viewer { ${repeat(30, (n) => `a${n}: __typename`)} } }`)).errors).toEqual([]);
    expect(await codesOf(`{ ${repeat(21, () => '__typename')} }`)).toEqual(['QUERY_TOO_LARGE']);
  });

  it('counts what fragments multiply, without walking through it', async () => {
    const doubling = repeat(20, (n) => `fragment f${n} on Viewer { ...f${n + 1} ...f${n + 1} }`);
    const startedMs = performance.now();
    const bomb = `{ viewer { ...f0 } } ${doubling} fragment f20 on Viewer { a: __typename }`;
    expect(await codesOf(bomb)).toEqual(['QUERY_TOO_LARGE']);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });

  it('refuses too many directives', async () => {
    const fields = repeat(31, () => '__typename @include(if: true)');
    expect(await codesOf(`{ viewer { ${fields} } }`)).toEqual(['QUERY_TOO_LARGE']);
  });

  it('refuses circular fragments without hanging', async () => {
    const circle = '{ viewer { ...a } } fragment a on Viewer { ...b } fragment b on Viewer { ...a }';
    expect(await codesOf(circle)).toContain('GRAPHQL_VALIDATION_FAILED');
  });

  it('stops reading after the last token allowed', async () => {
    expect(await codesOf(`{ ${repeat(5_000, () => '__typename')} }`)).toEqual(['GRAPHQL_PARSE_FAILED']);
  });

  it('answers the most expensive documents that it reads within half a second', async () => {
    const fields = repeat(1_900, () => '__typename');
    const startedMs = performance.now();
    await app.graphql(`{ viewer { ${fields} } }`);
    expect(performance.now() - startedMs).toBeLessThan(500);
  });

  it('answers one operation a request', async () => {
    const payload = [{ query: '{ __typename }' }, { query: '{ __typename }' }];
    const response = await app.server.inject({ method: 'POST', url: '/graphql', payload });
    expect(response.statusCode).toBe(400);
  });
});

describe('what one operation may cost', () => {
  const FEED = 'query ($first: Int!) { viewer { feed(first: $first) { edges { node { content { id } } } } } }';

  it('refuses what multiplies to more objects than allowed, with the numbers', async () => {
    await using poor = await startTestApp({ config: { graphqlMaxCost: 100 } });
    const { errors } = await poor.graphql(FEED, { first: 50 });
    expect(errors).toMatchObject([{ extensions: { code: 'QUERY_TOO_COSTLY', maxCost: 100 } }]);
    expect((await poor.graphql(FEED, { first: 2 })).errors).toEqual([]);
  });

  it('does not let an argument that fails hide the cost of the rest', async () => {
    const query = 'query ($n: Int) { viewer { feed(first: $n) { edges { cursor } } } }';
    const { data, errors } = await app.graphql(query, { n: null });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('what the API tells about itself', () => {
  it('gives no hints at names in the schema', async () => {
    const field = await app.graphql('{ viewr { user { emial } } }');
    const argument = await app.graphql('{ node(idd: "x") { id } }');
    for (const { errors } of [field, argument]) {
      expect(errors.length).toBeGreaterThan(0);
      expect(errors.every((error) => !error.message.includes('Did you mean'))).toBe(true);
    }
  });

  it('has no introspection and no explorer where the configuration says so', async () => {
    await using closed = await startTestApp({ config: { introspection: false } });
    expect((await closed.graphql('{ __schema { queryType { name } } }')).errors).toHaveLength(1);
    const page = await closed.server.inject({ url: '/graphql', headers: { accept: 'text/html' } });
    expect(page.headers['content-type']).not.toContain('text/html');
  });

  it('takes no query that a page of another site can make a browser send', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const posted = await app.server.inject({
      method: 'POST',
      url: '/graphql',
      headers: form,
      payload: 'query={viewer}',
    });
    expect(posted.statusCode).toBeGreaterThanOrEqual(400);
    const text = { 'content-type': 'text/plain' };
    const plain = await app.server.inject({
      method: 'POST',
      url: '/graphql',
      headers: text,
      payload: '{"query":"{x}"}',
    });
    expect(plain.statusCode).toBe(400);
    const got = await app.server.inject({ method: 'GET', url: '/graphql?query=%7B__typename%7D' });
    expect(got.statusCode).toBe(400);
  });

  it('runs no mutation that comes by GET', async () => {
    const headers = { 'apollo-require-preflight': 'yes' };
    const url = `/graphql?query=${encodeURIComponent('mutation { logOut { __typename } }')}`;
    expect((await app.server.inject({ method: 'GET', url, headers })).statusCode).toBe(405);
  });
});
