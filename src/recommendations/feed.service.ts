import type { Platform } from '../platform/platform.ts';
import { type Actor, countryOf, requireUser } from '../shared/actor.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { type Cursor, type Page, type PageRequest, pageOf } from '../shared/page.ts';
import { type FeedCandidate, findFeedCandidates } from './feed-candidates.queries.ts';
import { type FeedContext, findFeedContext } from './feed-context.queries.ts';
import { toCursor, toPlace } from './feed-cursor.ts';
import { checkFilter, type FeedFilter } from './feed-filter.ts';
import { type FeedObstacle, findObstacles } from './feed-obstacles.queries.ts';
import { type FeedReason, reasonOf } from './feed-reason.ts';
import { scoreOf } from './feed-tier.ts';
import { findSimilarContents, type SimilarContent } from './similar-content.queries.ts';
import { type Contribution, contributionsTo, nearTo, type Origin } from './taste.ts';

export interface FeedItem {
  readonly contentId: string;
  /** In (0, 1], falling along the feed. */
  readonly score: number;
  readonly reasons: readonly FeedReason[];
  readonly cursor: Cursor;
}

/** What the feed makes of one content for one person. */
export interface FeedExplanation {
  readonly contentId: string;
  /** Why the feed does not show it; none when it does. */
  readonly obstacles: readonly FeedObstacle[];
  /** Its score and reasons; null when the feed does not show it. */
  readonly item: FeedItem | null;
  /** What the person did with contents like it, the greatest part first. */
  readonly contributions: readonly Contribution[];
}

export const MOST_SIMILAR = 50;

/** What a learner may want next. */
export class FeedService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * A page of the feed of the person who asks: what is like the things they did of late, then what is popular, then
   * what is new, then what they saw before; so it is as long as the contents that may be shown allow. Their own
   * interactions are read now, so that the next feed knows of each; the model is the one that was published last, and
   * without one the feed goes on with what is new. Two statements.
   *
   * A cursor names the moment of the first page and the model of then, and the pages after it go on from both: nothing
   * comes twice, and nothing is left out but what may no longer be shown. When three newer models were
   * published meanwhile, that of then is gone: the newest ranks what is left, and a content may come again.
   *
   * @throws UnauthenticatedError
   * @throws InvalidInputError for a cursor of another list or a filter of too many values
   */
  async feed(actor: Actor, request: { page: PageRequest; filter: FeedFilter }): Promise<Page<FeedItem>> {
    const { userId } = requireUser(actor);
    const { page, filter } = request;
    checkFilter(filter);
    const { database, clock } = this.#platform;
    const now = clock.now();
    const after = page.after && toPlace(page.after);
    const context = await findFeedContext(database, { userId, place: after });
    const near = nearTo(context.history);
    const asOf = after?.asOf ?? laterOf(now, context.receivedAt);
    const candidates = await findFeedCandidates(database, {
      userId,
      demand: { at: now, country: countryOf(actor) },
      filter,
      versionId: context.versionId,
      asOf,
      near,
      after,
      limit: page.first + 1,
    });
    const origins = new Map(near.map((one) => [one.contentId, one.because]));
    const isWithinDomains = (filter.domains?.length ?? 0) > 0;
    const toItem = (candidate: FeedCandidate) =>
      itemOf(candidate, { context, asOf, now, isWithinDomains, because: origins.get(candidate.contentId) });
    return pageOf(candidates.map(toItem), page);
  }

  /**
   * A given set in the order in which the feed of the person who asks would have it. What the feed would not show (not
   * on offer, owned, finished, dismissed) is left out.
   *
   * @param contentIds from 1 to `MOST_RANKED`; one given twice counts once
   * @throws UnauthenticatedError
   * @throws InvalidInputError when there are none, or too many
   */
  async rank(actor: Actor, contentIds: readonly string[]): Promise<readonly FeedItem[]> {
    if (contentIds.length === 0) throw new InvalidInputError('contentIds', '"contentIds" names no content to rank.');
    const page = { first: contentIds.length, after: null };
    return (await this.feed(actor, { page, filter: { contentIds: [...new Set(contentIds)] } })).rows;
  }

  /**
   * Why a content stands where it stands for the person who asks, or why it does not come at all. True to the feed of
   * this moment: it is worked out by the same steps. Three or four statements.
   *
   * @throws UnauthenticatedError
   */
  async explain(actor: Actor, contentId: string): Promise<FeedExplanation> {
    const { userId } = requireUser(actor);
    const { database, clock } = this.#platform;
    const demand = { at: clock.now(), country: countryOf(actor) };
    const obstacles = await findObstacles(database, { userId, contentId, demand });
    const context = await findFeedContext(database, { userId, place: null });
    const [item = null] = obstacles.length > 0 ? [] : await this.rank(actor, [contentId]);
    return { contentId, obstacles, item, contributions: contributionsTo(context.history, contentId) };
  }

  /**
   * The contents most like one content that the actor may be shown, best first; none when the model does not know it.
   *
   * @throws InvalidInputError when `first` is outside 1 to `MOST_SIMILAR`
   */
  async similarTo(actor: Actor, request: { contentId: string; first: number }): Promise<SimilarContent[]> {
    if (request.first < 1 || request.first > MOST_SIMILAR) {
      throw new InvalidInputError('first', `"first" must be from 1 to ${MOST_SIMILAR}, not ${request.first}.`);
    }
    const demand = { at: this.#platform.clock.now(), country: countryOf(actor) };
    return findSimilarContents(this.#platform.database, { ...request, demand });
  }
}

interface ItemFacts {
  readonly context: FeedContext;
  readonly asOf: Date;
  readonly now: Date;
  readonly isWithinDomains: boolean;
  readonly because: Origin | undefined;
}

function itemOf(candidate: FeedCandidate, facts: ItemFacts): FeedItem {
  const { contentId, tier, rank } = candidate;
  const { versionId, maxPopularity, locale } = facts.context;
  const because = tier === 'SIMILAR' ? facts.because : undefined;
  return {
    contentId,
    score: scoreOf(candidate, { maxPopularity, now: facts.now }),
    reasons: [reasonOf({ ...candidate, ...facts, because }, locale)],
    cursor: toCursor({ asOf: facts.asOf, versionId, tier, rank, contentId }),
  };
}

/** A clock of another server may run ahead: what is known to have been received is within the first page's moment. */
function laterOf(now: Date, receivedAt: Date | null): Date {
  return receivedAt && receivedAt > now ? receivedAt : now;
}
