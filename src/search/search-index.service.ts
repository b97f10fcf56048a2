import type { Platform } from '../platform/platform.ts';
import { findWaitingContents, lockIndex, writeTerms } from './search-index.queries.ts';

/** Contents indexed in one transaction: others have their turn in between. */
const BATCH = 100;

/** Keeps what contents are found by in step with what they say. */
export class SearchIndexService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Indexes published contents that are new or say something else than when they were indexed. Whatever wrote
   * them, each is found by comparing; where nothing has changed, nothing is written. What is no longer on offer stays in the index: a
   * search looks at the shelf as it is.
   *
   * @param ids which to look at; all unless given
   * @returns how many were indexed
   */
  async index(ids: readonly string[] | null = null): Promise<number> {
    let indexed = 0;
    let batch: number;
    do {
      batch = await this.#indexSome(ids);
      indexed += batch;
    } while (batch === BATCH);
    return indexed;
  }

  #indexSome(ids: readonly string[] | null): Promise<number> {
    return this.#platform.database.transaction(async (em) => {
      await lockIndex(em);
      const waiting = await findWaitingContents(em, { ids, limit: BATCH });
      if (waiting.length > 0) await writeTerms(em, waiting);
      return waiting.length;
    });
  }
}
