import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/** At most `limit` within each window, which opens with the first one. */
export interface RateRule {
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
}

type Store = RateLimiterPostgres | RateLimiterRedis;

/** Allowances per subject, counted over all processes. Subjects are kept as digests. */
export class RateLimiter {
  readonly #storeFor: (rule: RateRule) => Store;
  readonly #stores = new Map<string, Store>();

  private constructor(storeFor: (rule: RateRule) => Store) {
    this.#storeFor = storeFor;
  }

  static onPostgres(pool: Pool): RateLimiter {
    return new RateLimiter((rule) => {
      const table = {
        schemaName: 'volatile',
        tableName: 'rate_limits',
        tableCreated: true,
        clearExpiredByTimeout: true,
      };
      return new RateLimiterPostgres({ ...settingsOf(rule), ...table, storeClient: pool, storeType: 'pool' });
    });
  }

  /** While Redis is away each process counts for itself: the limit is looser then, and never gone. */
  static onRedis(redis: Redis): RateLimiter {
    return new RateLimiter((rule) => {
      const insuranceLimiter = new RateLimiterMemory(settingsOf(rule));
      return new RateLimiterRedis({ ...settingsOf(rule), storeClient: redis, insuranceLimiter });
    });
  }

  /**
   * Takes one from the subject's allowance.
   *
   * @returns milliseconds until there is one again; 0 when it was granted
   */
  async take(rule: RateRule, subject: string): Promise<number> {
    try {
      await this.#of(rule).consume(digest(subject));
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, refusal.msBeforeNext);
      throw refusal;
    }
  }

  /** Gives the subject its whole allowance back. */
  async restore(rule: RateRule, subject: string): Promise<void> {
    await this.#of(rule).delete(digest(subject));
  }

  #of(rule: RateRule): Store {
    const known = this.#stores.get(rule.name);
    if (known) return known;
    const store = this.#storeFor(rule);
    this.#stores.set(rule.name, store);
    return store;
  }
}

function settingsOf({ name, limit, windowSeconds }: RateRule) {
  return { keyPrefix: `rate:${name}`, points: limit, duration: windowSeconds };
}

function digest(subject: string): string {
  return createHash('sha256').update(subject).digest('base64url');
}
