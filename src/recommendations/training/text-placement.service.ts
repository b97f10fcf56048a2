import type { Database } from '../../platform/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { loadArtifact, servingVersionId } from '../model/index.ts';
import { findServing, lockPointer, SIMILARITY_MODEL } from '../model-version.store.ts';
import { findUnplacedIds, readTextLines, savePlaced } from './text-placement.store.ts';
import type { PlacedContent } from './text-placement.ts';
import { TrainingThreads } from './training-threads.ts';

/** Contents placed in one transaction: a second of a thread. */
const BATCH = 200;
/** A thread that knows a version is kept for a while: contents come in bursts, and a version takes long to read. */
const IDLE_MS = 60_000;

/** Places new contents among those that the version which serves knows, by what is told of them. */
export class TextPlacementService {
  readonly #database: Database;
  /** Of its own: what somebody just published does not wait for a training. */
  readonly #threads = new TrainingThreads({ threadCount: 1, idleMs: IDLE_MS });

  constructor({ database }: Platform) {
    this.#database = database;
  }

  /**
   * Finds what published contents that the version does not know are like. Without a version nothing is done, and when
   * one is published it is done for all.
   *
   * @param ids which to look at, also if they were placed before; all that never were, unless given
   * @returns how many were placed
   */
  async place(ids: readonly string[] | null = null): Promise<number> {
    const wanted = ids ?? (await this.#findUnknown());
    let count = 0;
    for (let from = 0; from < wanted.length; from += BATCH)
      count += await this.#placeSome(wanted.slice(from, from + BATCH));
    return count;
  }

  async #findUnknown(): Promise<readonly string[]> {
    const versionId = await servingVersionId(this.#database);
    if (!versionId) return [];
    const ids = await findUnplacedIds(this.#database);
    if (ids.length === 0) return [];
    return (await this.#askThread(versionId, () => this.#threads.run('unknown', { versionId, ids }))) ?? [];
  }

  async #placeSome(ids: readonly string[]): Promise<number> {
    for (;;) {
      const versionId = await servingVersionId(this.#database);
      if (!versionId) return 0;
      const textLines = await readTextLines(this.#database, ids);
      const placed = await this.#askThread(versionId, () => this.#threads.run('place', { versionId, textLines }));
      // A version that was published before there were artifacts, or is gone by now.
      if (!placed) return 0;
      if (placed.length === 0 || (await this.#save(versionId, placed))) return placed.length;
    }
  }

  /** @returns false when another version serves by now, which may know the contents */
  #save(versionId: string, placed: readonly PlacedContent[]): Promise<boolean> {
    return this.#database.transaction(async (em) => {
      await lockPointer(em, SIMILARITY_MODEL);
      if ((await findServing(em, SIMILARITY_MODEL))?.id !== versionId) return false;
      await savePlaced(em, placed);
      return true;
    });
  }

  /** Asks the thread, and tells it of the version first when it does not know it. Null for a version without artifacts. */
  async #askThread<Answer>(versionId: string, ask: () => Promise<Answer | null>): Promise<Answer | null> {
    for (;;) {
      const answer = await ask();
      if (answer) return answer;
      const textTerms = await loadArtifact(this.#database, { versionId, name: 'textTerms' });
      const textVectors = await loadArtifact(this.#database, { versionId, name: 'textVectors' });
      if (!textTerms || !textVectors) return null;
      const sent = [textTerms.buffer, textVectors.buffer] as ArrayBuffer[];
      // Another job may tell it of another version before it is asked again.
      await this.#threads.run('learn', { versionId, textTerms, textVectors }, sent);
    }
  }
}
