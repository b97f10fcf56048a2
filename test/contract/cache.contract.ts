import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Cache } from '../../src/platform/cache.ts';

interface OpenCache extends AsyncDisposable {
  readonly cache: Cache;
}

/** What every cache promises. */
export function describeCache(name: string, open: () => Promise<OpenCache>): void {
  describe(`the cache on ${name}`, () => {
    it('gives back what was put in, whatever the characters', async () => {
      await using opened = await open();
      const value = '{ 领域 "x" } \n \'; drop table users; --';
      await opened.cache.set('a:键', value, { ttlMs: 10_000 });
      expect(await opened.cache.get('a:键')).toBe(value);
    });

    it('has nothing under a key that was never set', async () => {
      await using opened = await open();
      expect(await opened.cache.get('absent')).toBeNull();
    });

    it('takes the later value, and its later end', async () => {
      await using opened = await open();
      await opened.cache.set('k', 'first', { ttlMs: 30 });
      await opened.cache.set('k', 'second', { ttlMs: 10_000 });
      await sleep(60);
      expect(await opened.cache.get('k')).toBe('second');
    });

    it('forgets when the time is over', async () => {
      await using opened = await open();
      await opened.cache.set('short', 'x', { ttlMs: 40 });
      expect(await opened.cache.get('short')).toBe('x');
      await sleep(80);
      expect(await opened.cache.get('short')).toBeNull();
    });

    it('forgets what is deleted, and deleting twice is no failure', async () => {
      await using opened = await open();
      await opened.cache.set('k', 'x', { ttlMs: 10_000 });
      await opened.cache.delete('k');
      await opened.cache.delete('k');
      expect(await opened.cache.get('k')).toBeNull();
    });

    it('is one cache for all who open it', async () => {
      await using opened = await open();
      await Promise.all(Array.from({ length: 20 }, () => opened.cache.set('same', 'x', { ttlMs: 10_000 })));
      expect(await opened.cache.get('same')).toBe('x');
    });
  });
}
