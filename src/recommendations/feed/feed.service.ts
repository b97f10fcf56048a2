import { checkFilter, type ShelfFilter } from '../../content/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { SearchService } from '../../search/index.ts';
import { type Actor, countryOf, requireUser, type SignedIn } from '../../shared/actor.ts';
import { InvalidInputError } from '../../shared/domain-error.ts';
import { type Cursor, type Page, type PageRequest, pageOf } from '../../shared/page.ts';
import { type Candidate, mayShow, toCandidates } from './candidates.ts';
import { type Place, placesOf } from './compose-feed.ts';
import { saveFeed } from './feed.store.ts';
import { toCursor, toPlace } from './feed-cursor.ts';
import { explanationOf, type FeedExplanation } from './feed-explanation.ts';
import { fillPlaces, onOffer } from './feed-filling.ts';
import type { FeedItem } from './feed-item.ts';
import { continueList, type PlacedAt } from './feed-pages.ts';
import { reasonsFor } from './feed-reason.ts';
import { type FeedWish, FeedWishes } from './feed-wishes.ts';
import { filterKey, toListed } from './listed-place.ts';
import { findObstacles } from './obstacles.queries.ts';
import type { Shelf } from './shelf.ts';

/** Places that are made ahead of those asked for, so that the next pages need no new ranking. */
const AHEAD = 20;

/**
 * What a learner may want next. Candidates of several sources are scored by a ranker and set apart from each other in
 * the memory of this process; what the person did, and what may be shown to them, is read from the database each time.
 */
export class FeedService {
  readonly #platform: Platform;
  readonly #wishes: FeedWishes;

  constructor(platform: Platform, from: { shelf: Shelf; search: SearchService }) {
    this.#platform = platform;
    this.#wishes = new FeedWishes(platform, from);
  }

  /**
   * A page of the feed of the person who asks. The first page makes a list and keeps it; its cursors go on with that
   * list, so that nothing comes twice and nothing is left out but what may no longer be shown. What a page gave out counts as
   * shown. The list is as long as the contents that may be shown allow: it is lengthened as it is read.
   *
   * @throws UnauthenticatedError
   * @throws InvalidInputError for a cursor of another list, a filter other than that of the list, or one of too many
   *   values
   */
  async feed(actor: Actor, request: { page: PageRequest; filter: ShelfFilter }): Promise<Page<FeedItem>> {
    const user = requireUser(actor);
    checkFilter(request.filter);
    const wish = await this.#wishes.wishOf(user, request.filter);
    const { page } = request;
    return page.after
      ? this.#goOn(user, { wish, page, after: toPlace(page.after) })
      : this.#begin(user, { wish, page });
  }

  /**
   * A given set, best first for the person who asks, as the feed would score it. What the feed would not show is left
   * out.
   *
   * @param contentIds from 1 to `MOST_RANKED`; one given twice counts once
   * @throws UnauthenticatedError
   * @throws InvalidInputError when there are none, or too many
   */
  async rank(actor: Actor, contentIds: readonly string[]): Promise<readonly FeedItem[]> {
    if (contentIds.length === 0) throw new InvalidInputError('contentIds', '"contentIds" names no content to rank.');
    checkFilter({ contentIds });
    const user = requireUser(actor);
    const wish = await this.#wishes.wishOf(user, { contentIds });
    return this.#rank(user, wish);
  }

  /**
   * Why a content stands where it stands for the person who asks, or why it does not come at all. True to the feed of
   * this moment: it is worked out by the same steps.
   *
   * @throws UnauthenticatedError
   */
  async explain(actor: Actor, contentId: string): Promise<FeedExplanation> {
    const user = requireUser(actor);
    const wish = await this.#wishes.wishOf(user, { contentIds: [contentId] });
    const demand = { at: new Date(wish.nowMs), country: countryOf(actor) };
    const obstacles = await findObstacles(this.#platform.database, { userId: user.userId, contentId, demand });
    const [item = null] = await this.#rank(user, wish);
    return explanationOf(contentId, { wish, ranker: wish.ranker, obstacles, item });
  }

  async #rank(user: SignedIn, wish: FeedWish): Promise<FeedItem[]> {
    const { catalogue } = wish.view;
    const may = mayShow(wish, new Set());
    const asked = (wish.filter.contentIds ?? []).flatMap((id) => catalogue.numberOf(id) ?? []);
    const found = new Map(asked.filter(may).map((number) => [number, 'NEW' as const]));
    const ranked = placesOf(toCandidates(found, wish), { wish, ranker: wish.ranker });
    const demand = { at: new Date(wish.nowMs), country: countryOf(user) };
    const places = await onOffer(this.#platform.database, {
      places: ranked.toSorted((one, other) => Number(one.isCooling) - Number(other.isCooling)),
      wish,
      demand,
    });
    return places.map((place) => this.#itemOf(place, wish, []));
  }

  async #begin(user: SignedIn, { wish, page }: { wish: FeedWish; page: PageRequest }): Promise<Page<FeedItem>> {
    const { database, ids, config } = this.#platform;
    const feedId = ids.next();
    const madeAt = new Date(wish.nowMs);
    const facts = { id: feedId, userId: user.userId, madeAt, versionId: wish.view.versionId };
    const save = (found: readonly Place[]) => {
      const list = {
        ...facts,
        ranker: wish.ranker.name,
        filter: filterKey(wish.filter),
        shown: Math.min(page.first, found.length),
        places: found.map((place) => toListed(place, wish.view.catalogue)),
      };
      return saveFeed(database, list, { at: madeAt, country: countryOf(user) });
    };
    const settings = { taken: new Set<number>(), exploration: config.feedExploration, feedId };
    const places = await fillPlaces({ wish, ranker: wish.ranker, count: page.first + AHEAD, ...settings }, save);
    if (places.length === 0) return { rows: [], hasNextPage: false };
    const items = places.slice(0, page.first + 1);
    return pageOf(
      items.map((place, position) => this.#itemOf(place, wish, toCursor({ feedId, position }))),
      page,
    );
  }

  async #goOn(
    user: SignedIn,
    { wish, page, after }: { wish: FeedWish; page: PageRequest; after: { feedId: string; position: number } },
  ): Promise<Page<FeedItem>> {
    const { config } = this.#platform;
    const settings = { ranker: wish.ranker, exploration: config.feedExploration, country: countryOf(user) };
    const places = await continueList(this.#platform.database, { wish, after, first: page.first, ...settings });
    const toItem = ({ position, ...place }: PlacedAt) =>
      this.#itemOf(place, wish, toCursor({ feedId: after.feedId, position }));
    return pageOf(places.map(toItem), page);
  }

  #itemOf(place: Candidate & { readonly score: number }, wish: FeedWish, cursor: Cursor): FeedItem {
    return {
      contentId: wish.view.catalogue.at(place.number).id,
      score: place.score,
      isDiscovery: place.source === 'DISCOVERY',
      reasons: reasonsFor({ wish, candidate: place, parts: wish.ranker.partsOf(place, wish) }),
      cursor,
    };
  }
}
