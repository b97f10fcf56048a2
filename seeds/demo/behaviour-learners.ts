import type { Random } from '../../src/shared/random.ts';
import type { Reader, ShelfItem } from './behaviour-shelf.ts';
import { isOnOffer, type Shelf } from './behaviour-shelf.ts';
import type { DemoUser } from './catalogue.types.ts';
import type { DemoCalendar } from './demo-calendar.ts';
import { type DomainCode, domainCodes } from './domains.ts';
import type { Rhythm } from './rhythm.ts';
import { chance, logNormal, randomStream, type WeightedTable, weightedTable } from './sampling.ts';
import { attention } from './taste.ts';

/** Contents that a learner of middling activity meets over the whole history. */
const MEDIAN_MEETINGS = 12;
const MOST_MEETINGS = 70;
const ATTEMPTS = 5;

/** What one learner had to do with one content. Times are epoch milliseconds. */
export interface Engagement {
  readonly item: ShelfItem;
  /** In no order: visits from campaigns come after what was browsed. */
  readonly viewedAtMs: number[];
  /** When a campaign brought the learner here, if one did. */
  intentAtMs: number | null;
  boughtAtMs: number | null;
  refundedAtMs: number | null;
}

/** A learner with the hidden traits that drive the behaviour. */
export interface Learner extends Reader {
  readonly user: DemoUser;
  readonly attention: ReadonlyMap<DomainCode, number>;
  readonly domains: WeightedTable<DomainCode>;
  /** 1 is middling. */
  readonly activity: number;
  /** 1 is middling. */
  readonly spending: number;
  readonly presentFromMs: number;
  /** By content id. */
  readonly engagements: Map<string, Engagement>;
}

export function createLearners(users: readonly DemoUser[], calendar: DemoCalendar, seed: number): readonly Learner[] {
  const random = randomStream(seed, 'traits');
  return users.map((user) => {
    const shares = attention(user.interests);
    return {
      user,
      locale: user.locale,
      country: user.country,
      levelPreference: chance(random, 0.58) ? 0 : chance(random, 0.68) ? 1 : 2,
      attention: shares,
      domains: weightedTable(domainCodes, (code) => shares.get(code) ?? 0),
      // People who were named have been around for a while: they look and buy more than the crowd.
      activity: logNormal(random, user.canLogIn ? 1.7 : 1, user.canLogIn ? 0.35 : 0.7),
      spending: logNormal(random, user.canLogIn ? 1.6 : 1, user.canLogIn ? 0.3 : 0.6),
      presentFromMs: Math.max(user.createdAt.getTime(), calendar.startsAt.getTime()),
      engagements: new Map(),
    };
  });
}

/** Notes that a learner looked at a content, be it the first time or again. */
export function addView(learner: Learner, item: ShelfItem, atMs: number): Engagement {
  const known = learner.engagements.get(item.content.id);
  if (known) {
    known.viewedAtMs.push(atMs);
    return known;
  }
  const engagement = { item, viewedAtMs: [atMs], intentAtMs: null, boughtAtMs: null, refundedAtMs: null };
  learner.engagements.set(item.content.id, engagement);
  return engagement;
}

/** Browsing of one's own accord: tastes decide what, the week decides when. */
export function browse(
  learners: readonly Learner[],
  world: { shelf: Shelf; rhythm: Rhythm; calendar: DemoCalendar; seed: number },
): void {
  const random = randomStream(world.seed, 'browse');
  const endMs = world.calendar.endsAt.getTime();
  const historyMs = endMs - world.calendar.startsAt.getTime();
  for (const learner of learners) {
    const presence = (endMs - learner.presentFromMs) / historyMs;
    const meetings = Math.ceil(Math.min(MEDIAN_MEETINGS * learner.activity, MOST_MEETINGS) * presence);
    for (let count = 0; count < meetings; count += 1) {
      const atMs = world.rhythm.between(random, learner.presentFromMs, endMs);
      const item = drawNew(learner, world.shelf, { random, atMs });
      if (item) addView(learner, item, atMs);
    }
  }
}

function drawNew(learner: Learner, shelf: Shelf, { random, atMs }: { random: Random; atMs: number }): ShelfItem | null {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const item = shelf.draw(random, learner.domains.draw(random), learner);
    if (!learner.engagements.has(item.content.id) && isOnOffer(item.content, learner.country, atMs)) return item;
  }
  return null;
}
