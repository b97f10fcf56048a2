import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { inject } from 'vitest';

/** Whether this run has a Redis. Where it has none, the suites on Redis are skipped, and the run said so loudly. */
export function hasRedis(): boolean {
  return inject('redisUrl') !== '';
}

/** A connection whose keys are apart from those of every other test. */
export function openTestRedis(): Redis {
  return new Redis(inject('redisUrl'), { keyPrefix: `${uniquePrefix()}:`, maxRetriesPerRequest: 1 });
}

export function uniquePrefix(): string {
  return `test-${randomBytes(6).toString('hex')}`;
}
