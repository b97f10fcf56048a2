import { INTERACTION_KINDS, type InteractionColumns, readInteractionColumns } from '../interactions/index.ts';
import type { OutboxService } from '../outbox/index.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requireRole } from '../shared/actor.ts';
import { WEIGHTING } from './interaction-weighing.ts';
import { latestVersion, publishVersion, SIMILARITY_MODEL } from './model-version.store.ts';
import { type TrainedSimilarity, trainSimilarity } from './similarity.trainer.ts';
import { withTrainingLock } from './training-lock.ts';

/** What a version is trained with, beside the weights of the kinds. Stored with it. */
const PARAMS = { shrink: 5, neighbourCount: 100 };

type ReportProgress = (fraction: number) => Promise<void>;

export interface TrainingReport {
  readonly versionNumber: number;
  readonly interactions: number;
  readonly users: number;
  readonly contents: number;
}

/** The item-item similarity model: which contents go together, by what the same people did with them. */
export class SimilarityService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
  }

  /**
   * Asks for a new version.
   *
   * @returns id of the job
   * @throws UnauthenticatedError
   * @throws ForbiddenError unless the actor is an admin
   */
  async requestRecompute(actor: Actor): Promise<string> {
    requireRole(actor, 'ADMIN');
    return this.#platform.database.transaction(async (em) =>
      this.#outbox.enqueue(em, { job: 'recompute-similarity', payload: {}, requestedBy: actor }),
    );
  }

  /**
   * Trains a version from all interactions and switches feeds to it. Nothing is written before the last transaction,
   * which saves the whole version and moves the pointer: whoever dies on the way leaves things as they were. The same
   * interactions give the same version. One that was trained while this call waited for its turn, from data read after
   * the call, is as good as a new one, and null is returned.
   */
  async recompute(onProgress: ReportProgress = async () => undefined): Promise<TrainingReport | null> {
    const { database, clock } = this.#platform;
    const askedAt = clock.now();
    return withTrainingLock(database, SIMILARITY_MODEL, async () => {
      const latest = await latestVersion(database.orm.em.fork());
      if (latest && latest.trainedAt > askedAt) return null;
      return this.#train(onProgress);
    });
  }

  async #train(onProgress: ReportProgress): Promise<TrainingReport> {
    const { database, clock, ids } = this.#platform;
    const trainedAt = clock.now();
    const columns = await readInteractionColumns(database);
    const { contentIds } = columns;
    const counts = { interactions: columns.length, users: columns.userCount, contents: contentIds.length };
    await onProgress(0.2);
    const asOfMs = Math.min(newest(columns.occurredAtMs), trainedAt.getTime());
    const trained = await trainSimilarity(toInteractions(columns), {
      ...PARAMS,
      asOfMs,
      onProgress: (fraction) => onProgress(0.2 + 0.6 * fraction),
    });
    const version = {
      id: ids.next(),
      params: { ...PARAMS, ...flatWeighting() },
      stats: { ...counts, ...statsOf(trained), asOfMs },
      trainedAt,
      publishedAt: clock.now(),
      contentIds,
      trained,
    };
    const versionNumber = await database.transaction((em) => publishVersion(em, version));
    return { versionNumber, ...counts };
  }
}

function toInteractions(columns: InteractionColumns) {
  const { userCount, contentIds, users, contents, kinds, values, occurredAtMs } = columns;
  const kindNames = INTERACTION_KINDS;
  return { userCount, contentCount: contentIds.length, users, contents, kinds, kindNames, values, occurredAtMs };
}

function newest(occurredAtMs: Float64Array): number {
  return occurredAtMs.reduce((latest, at) => Math.max(latest, at), 0);
}

function statsOf({ neighbours, popularity }: TrainedSimilarity): Record<string, number> {
  return {
    neighbours: neighbours.neighbours.length,
    maxPopularity: popularity.reduce((most, score) => Math.max(most, score), 0),
  };
}

/** `{ 'weight.VIEW': 1, 'halfLifeDays.VIEW': 30, ... }` */
function flatWeighting(): Record<string, number> {
  const entries = Object.entries(WEIGHTING).flatMap(([kind, { weight, halfLifeDays }]) => [
    [`weight.${kind}`, weight] as const,
    [`halfLifeDays.${kind}`, halfLifeDays] as const,
  ]);
  return Object.fromEntries(entries);
}
