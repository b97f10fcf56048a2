import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { requestBodyLimitBytes: 20_000 } });
});
afterAll(() => app[Symbol.asyncDispose]());

describe('every answer', () => {
  it('names its request: by the id that came, where it is one, else by a new one', async () => {
    const idOf = async (given: string) =>
      (await app.server.inject({ url: '/health/live', headers: { 'x-request-id': given } })).headers['x-request-id'];
    expect(await idOf('from-the-gateway_17')).toBe('from-the-gateway_17');
    expect(await idOf('no good" {"level":60}')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('tells browsers to guess nothing, frame nothing and keep nothing', async () => {
    const { headers } = await app.server.inject({
      method: 'POST',
      url: '/graphql',
      payload: { query: '{__typename}' },
    });
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    });
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('insists on encryption in production', async () => {
    await using production = await startTestApp({ config: { environment: 'production' } });
    const { headers } = await production.server.inject({ url: '/health/live' });
    expect(headers['strict-transport-security']).toContain('max-age=31536000');
  });
});

describe('a request that cannot be served', () => {
  it('is answered with JSON: nothing there', async () => {
    const response = await app.server.inject({ url: '/nothing/../../etc/passwd' });
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });

  it('is answered as nothing there when its address cannot be read', async () => {
    const unreadable = ['/%', `/webhooks/payments/${'a'.repeat(200)}`];
    for (const url of unreadable) {
      const answer = await app.server.inject({ method: 'POST', url });
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
      expect(answer.body).not.toContain(url);
    }
  });

  it('is answered with JSON: too long, not JSON, no media type that is read here', async () => {
    const send = (payload: string, type: string) =>
      app.server.inject({ method: 'POST', url: '/graphql', payload, headers: { 'content-type': type } });
    const codeOf = async (response: ReturnType<typeof send>) =>
      (await response).json<{ errors: [{ extensions: { code: string } }] }>().errors[0].extensions.code;
    const tooLong = JSON.stringify({ query: '{ __typename }', variables: { x: 'x'.repeat(20_000) } });
    expect(await codeOf(send(tooLong, 'application/json'))).toBe('PAYLOAD_TOO_LARGE');
    expect(await codeOf(send('{"query"', 'application/json'))).toBe('BAD_REQUEST');
    expect(await codeOf(send('x', 'application/xml'))).toBe('UNSUPPORTED_MEDIA_TYPE');
    expect(await codeOf(send('{"query":"{__typename}","__proto__":{"x":1}}', 'application/json'))).toBe('BAD_REQUEST');
  });
});
