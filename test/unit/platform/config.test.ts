import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../../src/platform/config.ts';

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    expect(readConfig({})).toMatchObject({
      environment: 'development',
      host: '127.0.0.1',
      port: 4000,
      databaseUrl: undefined,
      redisUrl: undefined,
      dataDir: '.data',
      demoData: 'auto',
      introspection: true,
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', REDIS_URL: '' })).toEqual(readConfig({}));
  });

  it('names every variable that is wrong, each with what it must be', () => {
    const wrong = { PORT: '70000', DATABASE_URL: 'mysql://x/y', LOG_LEVEL: 'loud', REDIS_PREFIX: 'a b' };
    expect(() => readConfig(wrong)).toThrow(ConfigError);
    expect(() => readConfig(wrong)).toThrow(
      /PORT: .*\n.*LOG_LEVEL: .*\n.*DATABASE_URL: must be an address that begins with postgres:.*\n.*REDIS_PREFIX: must be/,
    );
  });

  it('shows the schema to everybody in development, in production only when asked', () => {
    const production = { NODE_ENV: 'production', PAYMENT_WEBHOOK_SECRET: 'a-secret-of-the-operator' };
    expect(readConfig(production).introspection).toBe(false);
    expect(readConfig({ ...production, GRAPHQL_INTROSPECTION: 'on' }).introspection).toBe(true);
    expect(readConfig({ GRAPHQL_INTROSPECTION: 'off' }).introspection).toBe(false);
  });
});
