import { checkFilter, type Demand, type ShelfFilter } from '../content/index.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, countryOf } from '../shared/actor.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import { readSearchText } from './query-words.ts';
import {
  countBySearch,
  type FoundContent,
  findBySearch,
  readSearchCursor,
  type SearchRequest,
} from './search.queries.ts';
import { planSearch } from './search-plan.ts';
import { findTermMatches } from './term-matches.queries.ts';

/** Which contents to look for. */
export interface SearchQuery {
  readonly query: string;
  readonly filter: ShelfFilter;
}

/** What a search found, with what it was looked for by. */
export interface SearchPage extends Page<FoundContent> {
  /** What to show as found: what stands for a word of the query. */
  readonly terms: readonly string[];
}

/** Finds contents by what people type. */
export class SearchService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Contents on offer to the actor that have the words of the query, or words much like them, best first: words of few
   * contents count more than others, those in a title more than those in a description, those typed as they are
   * written more than others. A content need not have all of them. Two statements; none for a query without a word.
   *
   * @throws InvalidInputError for a query that is blank or too long, a filter of too many values, or a cursor of another
   *   list
   */
  async search(actor: Actor, { page, ...asked }: SearchQuery & { page: PageRequest }): Promise<SearchPage> {
    const after = readSearchCursor(page.after);
    const request = await this.#requestFor(actor, asked);
    if (!request) return { rows: [], hasNextPage: false, terms: [] };
    const rows = await findBySearch(this.#platform.database, { ...request, after, limit: page.first + 1 });
    return { ...pageOf(rows, page), terms: [...new Set(request.plan.alternatives.map(({ shown }) => shown))] };
  }

  /** How many contents the search finds on all its pages. @throws InvalidInputError as `search` */
  async count(actor: Actor, asked: SearchQuery): Promise<number> {
    const request = await this.#requestFor(actor, asked);
    return request ? countBySearch(this.#platform.database, request) : 0;
  }

  async #requestFor(actor: Actor, { query, filter }: SearchQuery): Promise<SearchRequest | null> {
    checkFilter(filter);
    const { words, folded } = readSearchText(query);
    if (words.length === 0) return null;
    const plan = planSearch(words, await findTermMatches(this.#platform.database, words));
    const demand: Demand = { at: this.#platform.clock.now(), country: countryOf(actor) };
    return plan.alternatives.length > 0 ? { plan, folded, demand, filter } : null;
  }
}
