/**
 * Where an item of a feed comes from, in the order in which a feed uses them: what is like the things one did, then
 * what is popular, then what nobody has found yet, newest first, and at the very end what one has seen before.
 */
export const FEED_TIERS = ['SIMILAR', 'POPULAR', 'LATEST', 'SEEN'] as const;
export type FeedTier = (typeof FEED_TIERS)[number];

/** Scores of a tier lie in (floor, ceiling], so that no tier mixes with the next. */
const BANDS: Readonly<Record<FeedTier, { floor: number; ceiling: number }>> = {
  SIMILAR: { floor: 0.6, ceiling: 1 },
  POPULAR: { floor: 0.3, ceiling: 0.6 },
  LATEST: { floor: 0.1, ceiling: 0.3 },
  SEEN: { floor: 0, ceiling: 0.1 },
};

const HALF_LIFE_DAYS = 30;
const DAY_MS = 86_400_000;
const MICROSECONDS_OF_MS = 1_000;

/** What one item's place in a feed follows from: the tier, and within it the rank, higher first. */
export interface FeedRank {
  readonly tier: FeedTier;
  /** SIMILAR: taste, 0 to 1. POPULAR: popularity. LATEST and SEEN: microseconds since 1970. */
  readonly rank: number;
}

export function tierOrder(tier: FeedTier): number {
  return FEED_TIERS.indexOf(tier);
}

/** A score in (0, 1] that falls along a feed. It orders; it is no probability. */
export function scoreOf({ tier, rank }: FeedRank, scale: { maxPopularity: number; now: Date }): number {
  const { floor, ceiling } = BANDS[tier];
  return floor + (ceiling - floor) * partOf({ tier, rank }, scale);
}

function partOf({ tier, rank }: FeedRank, { maxPopularity, now }: { maxPopularity: number; now: Date }): number {
  if (tier === 'SIMILAR') return rank;
  if (tier === 'POPULAR') return Math.min(1, Math.log1p(rank) / Math.log1p(maxPopularity));
  return 2 ** (-Math.max(0, ageDays(rank, now)) / HALF_LIFE_DAYS);
}

/** Days from the instant that a rank of LATEST or SEEN stands for. */
export function ageDays(rankMicroseconds: number, now: Date): number {
  return (now.getTime() - rankMicroseconds / MICROSECONDS_OF_MS) / DAY_MS;
}
