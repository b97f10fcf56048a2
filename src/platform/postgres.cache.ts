import type { Pool } from 'pg';
import type { Cache } from './cache.ts';

const PRUNE_EVERY = 200;

/** The cache in an unlogged table: emptied when the server crashes, never written to the log. */
export class PostgresCache implements Cache {
  readonly #pool: Pool;
  #writes = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async get(key: string): Promise<string | null> {
    const result = await this.#pool.query<{ value: string }>(
      'select value from volatile.cache_entries where key = $1 and expires_at > clock_timestamp()',
      [key],
    );
    return result.rows[0]?.value ?? null;
  }

  async set(key: string, value: string, { ttlMs }: { ttlMs: number }): Promise<void> {
    await this.#pool.query(
      `insert into volatile.cache_entries (key, value, expires_at)
       values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
       on conflict (key) do update set value = excluded.value, expires_at = excluded.expires_at`,
      [key, value, ttlMs],
    );
    this.#writes += 1;
    if (this.#writes % PRUNE_EVERY === 0) await this.#prune();
  }

  async delete(key: string): Promise<void> {
    await this.#pool.query('delete from volatile.cache_entries where key = $1', [key]);
  }

  async #prune(): Promise<void> {
    await this.#pool.query('delete from volatile.cache_entries where expires_at <= clock_timestamp()');
  }
}
