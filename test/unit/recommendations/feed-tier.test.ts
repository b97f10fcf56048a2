import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FEED_TIERS, scoreOf } from '../../../src/recommendations/feed-tier.ts';

const now = new Date('2026-11-01T00:00:00Z');
const microseconds = (iso: string) => Date.parse(iso) * 1_000;

it('gives each tier a band of its own', () => {
  const scale = { maxPopularity: 100, now };
  expect(scoreOf({ tier: 'SIMILAR', rank: 0.25 }, scale)).toBeCloseTo(0.7, 12);
  expect(scoreOf({ tier: 'POPULAR', rank: 100 }, scale)).toBeCloseTo(0.6, 12);
  // log(1 + 9) / log(1 + 100) = 0.498922, times 0.3, plus 0.3.
  expect(scoreOf({ tier: 'POPULAR', rank: 9 }, scale)).toBeCloseTo(0.449677, 6);
  expect(scoreOf({ tier: 'LATEST', rank: microseconds('2026-10-02T00:00:00Z') }, scale)).toBeCloseTo(0.2, 12);
  expect(scoreOf({ tier: 'SEEN', rank: microseconds('2026-11-01T00:00:00Z') }, scale)).toBeCloseTo(0.1, 12);
});

it('falls from tier to tier and with the rank within one, and stays within 0 and 1', () => {
  const rankOf = { SIMILAR: 1, POPULAR: 50, LATEST: now.getTime() * 1_000, SEEN: now.getTime() * 1_000 };
  const place = fc.record({
    tier: fc.constantFrom(...FEED_TIERS),
    part: fc.double({ min: 1e-6, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(place, place, (one, other) => {
      const [first, second] = [one, other].toSorted(
        (a, b) => FEED_TIERS.indexOf(a.tier) - FEED_TIERS.indexOf(b.tier) || b.part - a.part,
      );
      const score = ({ tier, part }: typeof one) =>
        scoreOf({ tier, rank: rankOf[tier] * part }, { maxPopularity: 50, now });
      if (!first || !second) throw new Error('There are two');
      expect(score(first)).toBeGreaterThanOrEqual(score(second));
      expect(score(first)).toBeLessThanOrEqual(1);
      expect(score(second)).toBeGreaterThanOrEqual(0);
    }),
  );
});
