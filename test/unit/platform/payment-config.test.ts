import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/platform/config.ts';

const SECRET = 'a secret that nobody knows';

describe('the configuration of payment webhooks', () => {
  it('needs a secret of its own in production', () => {
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow('PAYMENT_WEBHOOK_SECRET');
    expect(() => readConfig({ NODE_ENV: 'production', PAYMENT_WEBHOOK_SECRET: 'short' })).toThrow();
    const config = readConfig({ NODE_ENV: 'production', PAYMENT_WEBHOOK_SECRET: SECRET });
    expect(config.paymentWebhookSecret).toBe(SECRET);
  });

  it('delivers to this product itself unless told otherwise', () => {
    const urlFor = (environment: Record<string, string>) => readConfig(environment).paymentWebhookUrl;
    expect(urlFor({})).toBe('http://127.0.0.1:4000/webhooks/payments/sandbox');
    expect(urlFor({ HOST: '0.0.0.0', PORT: '8080' })).toBe('http://localhost:8080/webhooks/payments/sandbox');
    expect(urlFor({ HOST: '::1' })).toBe('http://[::1]:4000/webhooks/payments/sandbox');
    expect(urlFor({ PAYMENT_WEBHOOK_URL: 'https://api.example.com/hook' })).toBe('https://api.example.com/hook');
    expect(() => urlFor({ PAYMENT_WEBHOOK_URL: 'ftp://example.com' })).toThrow('PAYMENT_WEBHOOK_URL');
  });
});
