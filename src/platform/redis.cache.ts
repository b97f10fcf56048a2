import type { Redis } from 'ioredis';
import type { Cache } from './cache.ts';
import type { Logger } from './logger.ts';

/** The cache in Redis. Without Redis it is empty and takes nothing in. */
export class RedisCache implements Cache {
  readonly #redis: Redis;
  readonly #logger: Logger;

  constructor(redis: Redis, logger: Logger) {
    this.#redis = redis;
    this.#logger = logger;
  }

  get(key: string): Promise<string | null> {
    return this.#orNull(this.#redis.get(`cache:${key}`));
  }

  async set(key: string, value: string, { ttlMs }: { ttlMs: number }): Promise<void> {
    await this.#orNull(this.#redis.set(`cache:${key}`, value, 'PX', ttlMs));
  }

  async delete(key: string): Promise<void> {
    await this.#orNull(this.#redis.del(`cache:${key}`));
  }

  async #orNull<T>(command: Promise<T>): Promise<T | null> {
    try {
      return await command;
    } catch (error) {
      this.#logger.warn({ err: error }, 'the cache does not answer; going on without it');
      return null;
    }
  }
}
