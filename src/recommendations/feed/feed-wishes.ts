import type { ShelfFilter } from '../../content/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { SearchService } from '../../search/index.ts';
import type { SignedIn } from '../../shared/actor.ts';
import { present } from '../../shared/invariant.ts';
import { leastAge } from '../../users/index.ts';
import type { ProfileMatch, Wish } from './candidates.ts';
import { metOf } from './met.ts';
import { type FeedPerson, findFeedPerson } from './person.queries.ts';
import { ProfileMatcher } from './profile-matcher.ts';
import type { FeedRanker } from './ranker.ts';
import type { Shelf } from './shelf.ts';
import { tasteOf } from './taste.ts';

/** What a feed is made from, and what puts it in order. */
export interface FeedWish extends Wish {
  readonly ranker: FeedRanker;
}

/** Who did something with fewer contents is also served by what they told of themselves. */
const FEW_LIKED = 5;

/** Brings together what a feed is made from: the person as they are now, and the shelf. */
export class FeedWishes {
  readonly #platform: Platform;
  readonly #shelf: Shelf;
  readonly #profiles: ProfileMatcher;

  constructor(platform: Platform, { shelf, search }: { shelf: Shelf; search: SearchService }) {
    this.#platform = platform;
    this.#shelf = shelf;
    this.#profiles = new ProfileMatcher(search, platform.clock);
  }

  /** One statement, and more when the shelf changed or the person is new. */
  async wishOf(actor: SignedIn, filter: ShelfFilter): Promise<FeedWish> {
    const { database, clock } = this.#platform;
    const now = clock.now();
    const { snapshot } = this.#shelf;
    const found = await findFeedPerson(database, { userId: actor.userId, now, snapshot });
    const person = withinConsent(present(found, 'the person who asks'));
    const view = await this.#shelf.view(person);
    const ranker = await this.#shelf.ranker(person.rankerVersionId);
    const taste = tasteOf(person.history, view);
    const profile =
      taste.liked.length < FEW_LIKED
        ? await this.#profiles.match(actor, person, view.catalogue)
        : new Map<number, ProfileMatch>();
    const met = metOf(person, view.catalogue);
    const age = leastAge(person.birthYear, now);
    return { person, met, view, ranker, taste, profile, filter, age, nowMs: now.getTime() };
  }
}

/** What the person did is used for their own feed only as far as they let it; what they have stays away all the same. */
function withinConsent(person: FeedPerson): FeedPerson {
  if (person.mayUseDeeds) return person;
  return { ...person, history: [], seenAtMs: new Map(), shown: new Map() };
}
