import type { SearchService } from '../../search/index.ts';
import { type Actor, countryOf } from '../../shared/actor.ts';
import type { Clock } from '../../shared/clock.ts';
import { InvalidInputError } from '../../shared/domain-error.ts';
import type { ProfileMatch } from './candidates.ts';
import type { Catalogue } from './catalogue.ts';
import type { FeedPerson } from './person.queries.ts';

/** Interests, goals and the occupation that are looked for. */
const MOST_TEXTS = 8;
/** Contents for each. */
const MOST_FOUND = 30;
/** Answers are kept so long: interests repeat from person to person, and contents change slowly. */
const KEPT_MS = 60_000;
const MOST_KEPT = 1_000;

interface Kept {
  readonly untilMs: number;
  readonly found: readonly { readonly contentId: string; readonly score: number }[];
}

/** Finds contents by what a person told of themselves, for those who did little yet. */
export class ProfileMatcher {
  readonly #search: SearchService;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(search: SearchService, clock: Clock) {
    this.#search = search;
    this.#clock = clock;
  }

  /** The contents that match best, by their numbers. */
  async match(actor: Actor, person: FeedPerson, catalogue: Catalogue): Promise<Map<number, ProfileMatch>> {
    const matches = new Map<number, ProfileMatch>();
    if (!person.mayUseProfile) return matches;
    const told = [
      ...new Set([...person.interests, ...person.goals, ...(person.occupation ? [person.occupation] : [])]),
    ];
    for (const text of told.slice(0, MOST_TEXTS)) {
      const found = await this.#find(actor, text);
      const most = found[0]?.score ?? 1;
      for (const { contentId, score } of found) {
        const number = catalogue.numberOf(contentId);
        const known = number === undefined ? undefined : matches.get(number);
        if (number !== undefined && (known?.score ?? 0) < score / most) {
          matches.set(number, { score: score / most, told: text });
        }
      }
    }
    return matches;
  }

  async #find(actor: Actor, text: string): Promise<Kept['found']> {
    const key = `${countryOf(actor) ?? ''}:${text}`;
    const nowMs = this.#clock.now().getTime();
    const kept = this.#kept.get(key);
    if (kept && kept.untilMs > nowMs && kept.untilMs <= nowMs + KEPT_MS) return kept.found;
    const found = await this.#look(actor, text);
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(key, { untilMs: nowMs + KEPT_MS, found });
    return found;
  }

  /** Nothing for a text that no search takes: imports know other bounds than searches do. */
  async #look(actor: Actor, query: string): Promise<Kept['found']> {
    try {
      return (await this.#search.search(actor, { query, filter: {}, page: { first: MOST_FOUND, after: null } })).rows;
    } catch (error) {
      if (error instanceof InvalidInputError) return [];
      throw error;
    }
  }
}
