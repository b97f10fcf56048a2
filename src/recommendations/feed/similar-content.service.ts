import { findOfferedIds } from '../../content/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { type Actor, countryOf } from '../../shared/actor.ts';
import { InvalidInputError } from '../../shared/domain-error.ts';
import type { Shelf } from './shelf.ts';

export interface SimilarContent {
  readonly contentId: string;
  /** In (0, 1]. */
  readonly similarity: number;
}

export const MOST_SIMILAR = 50;

/** Which contents go together. */
export class SimilarContentService {
  readonly #platform: Platform;
  readonly #shelf: Shelf;

  constructor(platform: Platform, shelf: Shelf) {
    this.#platform = platform;
    this.#shelf = shelf;
  }

  /**
   * The contents most like one content that the actor may be shown, best first: those that the same people chose, or
   * for one that nobody has met, those of which the same is told. None when neither is known.
   *
   * @throws InvalidInputError when `first` is outside 1 to `MOST_SIMILAR`
   */
  async similarTo(actor: Actor, request: { contentId: string; first: number }): Promise<SimilarContent[]> {
    const { contentId, first } = request;
    if (first < 1 || first > MOST_SIMILAR) {
      throw new InvalidInputError('first', `"first" must be from 1 to ${MOST_SIMILAR}, not ${first}.`);
    }
    const view = await this.#shelf.viewNow();
    const number = view.catalogue.numberOf(contentId);
    if (number === undefined) return [];
    const similar: SimilarContent[] = [];
    const add = (neighbour: number, similarity: number) => {
      similar.push({ contentId: view.catalogue.at(neighbour).id, similarity });
    };
    view.forEachNeighbour(number, add);
    if (similar.length === 0) view.forEachTextNeighbour(number, add);
    const demand = { at: this.#platform.clock.now(), country: countryOf(actor) };
    const ids = similar.map((one) => one.contentId);
    const offered = await findOfferedIds(this.#platform.database, { ids, demand });
    return similar.filter((one) => offered.has(one.contentId)).slice(0, first);
  }
}
