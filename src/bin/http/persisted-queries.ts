import type { PersistedQueryOptions } from '@apollo/server';
import type { Cache } from '../../platform/cache.ts';

const KEEP_MS = 24 * 3_600_000;
/** Longer texts are sent each time: anybody may register one, and the store must not fill. */
const LONGEST_KEPT = 16_384;
/** What Apollo puts before a digest, and the digest, which came from the caller as it is. */
const KEY = /^apq:[0-9a-f]{64}$/;

type Store = Exclude<NonNullable<PersistedQueryOptions['cache']>, undefined>;

/**
 * Automatic persisted queries: a client sends the digest of a query, and the text only when asked for. Apollo registers
 * a text after it was validated and found affordable.
 */
export function persistedQueries(cache: Cache): PersistedQueryOptions {
  const store: Store = {
    get: async (key) => (KEY.test(key) ? ((await cache.get(`graphql:${key}`)) ?? undefined) : undefined),
    set: async (key, text) => {
      if (text.length <= LONGEST_KEPT) await cache.set(`graphql:${key}`, text, { ttlMs: KEEP_MS });
    },
    delete: async (key) => {
      await cache.delete(`graphql:${key}`);
      return true;
    },
  };
  return { cache: store };
}
