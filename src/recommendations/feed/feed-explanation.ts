import { logOddsOf } from '../../math/ranker/index.ts';
import type { InteractionKind } from '../../math/weighting/index.ts';
import { toCandidates, type Wish } from './candidates.ts';
import { FEATURES, type FeatureName } from './features.ts';
import type { FeedItem } from './feed-item.ts';
import { FEED_OBSTACLES, type FeedObstacle } from './obstacles.queries.ts';
import type { FeedRanker } from './ranker.ts';
import { contributionsTo } from './taste.ts';

/** What a content of the person's own adds to how near another is to their taste. */
export interface FeedContribution {
  readonly contentId: string;
  /** The strongest thing that the person did with it. */
  readonly kind: InteractionKind;
  /** In (0, 1]; the parts of all add up to the likeness to the taste. */
  readonly part: number;
}

/** What one feature adds to a score. */
export interface ScorePart {
  readonly feature: FeatureName;
  /** In [0, 1]. */
  readonly value: number;
  readonly logOdds: number;
}

/** What the feed makes of one content for one person. */
export interface FeedExplanation {
  readonly contentId: string;
  /** Why the feed does not show it; none when it does. */
  readonly obstacles: readonly FeedObstacle[];
  /** Its score and reasons; null when the feed does not show it. */
  readonly item: FeedItem | null;
  /** What the person did with contents like it, the greatest part first. */
  readonly contributions: readonly FeedContribution[];
  /** What the score is made of, the weightiest first; features that are 0 are left out. Empty with obstacles. */
  readonly scoreParts: readonly ScorePart[];
  /**
   * Log-odds that the score has beside these parts, so that all add up to it: where it starts from, and with a ranker
   * that has learnt, what features do together. Null with obstacles.
   */
  readonly baseLogOdds: number | null;
}

interface Explained {
  readonly wish: Wish;
  readonly ranker: FeedRanker;
  /** Those that the database knows of. */
  readonly obstacles: readonly FeedObstacle[];
  readonly item: FeedItem | null;
}

export function explanationOf(contentId: string, { wish, ranker, obstacles, item }: Explained): FeedExplanation {
  const number = wish.view.catalogue.numberOf(contentId);
  if (number === undefined) return { contentId, obstacles, item, contributions: [], scoreParts: [], baseLogOdds: null };
  const scoreParts = item ? scorePartsOf(number, { wish, ranker }) : [];
  return {
    contentId,
    obstacles: allObstacles(number, { wish, obstacles }),
    item,
    contributions: contributionsOf(number, wish),
    scoreParts,
    baseLogOdds: item && scoreParts.reduce((left, { logOdds }) => left - logOdds, logOddsOf(item.score)),
  };
}

function allObstacles(number: number, { wish, obstacles }: Pick<Explained, 'wish' | 'obstacles'>): FeedObstacle[] {
  const { minAge, partnerId } = wish.view.catalogue.at(number);
  const found = new Set(obstacles);
  if (minAge > wish.age) found.add('TOO_YOUNG');
  if (wish.person.blockedPartners.has(partnerId)) found.add('BLOCKED');
  return FEED_OBSTACLES.filter((obstacle) => found.has(obstacle));
}

function contributionsOf(number: number, { taste, view }: Wish): FeedContribution[] {
  return contributionsTo(number, { liked: taste.liked, view, by: 'PEOPLE' }).map(({ number: own, deed, part }) => ({
    contentId: view.catalogue.at(own).id,
    kind: deed === 'FINISH' ? 'PROGRESS' : deed,
    part,
  }));
}

function scorePartsOf(number: number, { wish, ranker }: { wish: Wish; ranker: FeedRanker }): ScorePart[] {
  return toCandidates(new Map([[number, 'NEW']]), wish)
    .flatMap((candidate) => {
      const parts = ranker.partsOf(candidate, wish);
      return FEATURES.map((feature, at) => ({
        feature,
        value: candidate.features[at] ?? 0,
        logOdds: parts[at] ?? 0,
      }));
    })
    .filter(({ value }) => value !== 0)
    .sort((one, other) => Math.abs(other.logOdds) - Math.abs(one.logOdds));
}
