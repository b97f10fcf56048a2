import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { RateLimiter } from '../../src/platform/rate-limiter.ts';

interface OpenLimiter extends AsyncDisposable {
  readonly rateLimiter: RateLimiter;
  /** A second one on the same store, as another process has. */
  readonly neighbour: RateLimiter;
}

const rule = { name: 'test', limit: 3, windowSeconds: 60 };

/** What every rate limiter promises. */
export function describeRateLimiter(name: string, open: () => Promise<OpenLimiter>): void {
  describe(`the rate limiter on ${name}`, () => {
    it('grants the limit, then says how long to wait', async () => {
      await using opened = await open();
      for (let n = 0; n < rule.limit; n++) expect(await opened.rateLimiter.take(rule, 'wei')).toBe(0);
      const waitMs = await opened.rateLimiter.take(rule, 'wei');
      expect(waitMs).toBeGreaterThan(58_000);
      expect(waitMs).toBeLessThanOrEqual(60_000);
    });

    it('counts each subject and each rule apart', async () => {
      await using opened = await open();
      for (let n = 0; n < rule.limit; n++) await opened.rateLimiter.take(rule, 'wei');
      expect(await opened.rateLimiter.take(rule, 'wei')).toBeGreaterThan(0);
      expect(await opened.rateLimiter.take(rule, 'li')).toBe(0);
      expect(await opened.rateLimiter.take({ ...rule, name: 'other' }, 'wei')).toBe(0);
    });

    it('counts over all processes, and grants no more than the limit at once', async () => {
      await using opened = await open();
      const takers = [opened.rateLimiter, opened.neighbour];
      const waits = await Promise.all(
        Array.from({ length: 20 }, (_, n) => (takers[n % 2] ?? opened.rateLimiter).take(rule, 'wei')),
      );
      expect(waits.filter((waitMs) => waitMs === 0)).toHaveLength(rule.limit);
    });

    it('grants again when the window is over', async () => {
      await using opened = await open();
      const short = { name: 'short', limit: 1, windowSeconds: 1 };
      expect(await opened.rateLimiter.take(short, 'wei')).toBe(0);
      const waitMs = await opened.rateLimiter.take(short, 'wei');
      expect(waitMs).toBeGreaterThan(0);
      await sleep(waitMs + 30);
      expect(await opened.rateLimiter.take(short, 'wei')).toBe(0);
    });

    it('gives the allowance back when asked to', async () => {
      await using opened = await open();
      for (let n = 0; n <= rule.limit; n++) await opened.rateLimiter.take(rule, 'wei');
      await opened.rateLimiter.restore(rule, 'wei');
      expect(await opened.rateLimiter.take(rule, 'wei')).toBe(0);
    });
  });
}
