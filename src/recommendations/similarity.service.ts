import type { OutboxService } from '../outbox/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requireRole, system } from '../shared/actor.ts';
import { idFromName } from '../shared/ids.ts';
import { SIMILARITY_MODEL } from './model-version.store.ts';
import { publishRun } from './training/publish-run.ts';
import { trainShard } from './training/train-shard.ts';
import { withTrainingLock } from './training/training-lock.ts';
import { type PlannedRun, planRun, saveRun } from './training/training-plan.ts';
import { type TrainingCounts, TrainingRun } from './training/training-run.entity.ts';
import { newestPlan } from './training/training-run.store.ts';
import { type TrainingContext, TrainingThreads } from './training/training-threads.ts';

type ReportProgress = (fraction: number) => Promise<void>;

export interface TrainingReport extends TrainingCounts {
  /** Null when the version was not better enough to be published. */
  readonly versionNumber: number | null;
}

interface RunRequest {
  readonly runId: string;
  /** How many shards to cut; by the work, when absent. */
  readonly shardCount?: number | undefined;
  /** Whether to compare everything with everything, also where an earlier version can be gone on from. */
  readonly isFull?: boolean | undefined;
}

const TRAINING = system('training');

/**
 * The item-item similarity model: which contents go together, by what the same people did with them. Its training is cut
 * in jobs: one plans it, one for each shard finds neighbours, and the last of those lets one publish it.
 */
export class SimilarityService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;
  readonly #context: TrainingContext;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
    this.#context = { platform, threads: new TrainingThreads() };
  }

  /**
   * Asks for a new version.
   *
   * @returns ids of the job that plans the run, and of the run
   * @throws UnauthenticatedError
   * @throws ForbiddenError unless the actor is an admin
   */
  async requestRecompute(
    actor: Actor,
    { shardCount, isFull }: { shardCount?: number; isFull?: boolean } = {},
  ): Promise<{ jobId: string; runId: string }> {
    requireRole(actor, 'ADMIN');
    const runId = this.#platform.ids.next();
    const payload = {
      runId,
      ...(shardCount === undefined ? {} : { shardCount }),
      ...(isFull === undefined ? {} : { isFull }),
    };
    const jobId = await this.#platform.database.transaction(async (em) =>
      this.#outbox.enqueue(em, { job: 'recompute-similarity', payload, requestedBy: actor }),
    );
    return { jobId, runId };
  }

  /**
   * Reads all interactions and asks for the run's shards, in one transaction. Planned twice, a run is planned once. One
   * that waited for its turn while another read newer interactions is not needed any more.
   */
  async plan(request: RunRequest): Promise<void> {
    const { database, clock } = this.#platform;
    const askedAt = clock.now();
    await withTrainingLock(database, SIMILARITY_MODEL, () => this.#planOnce(request, { askedAt, isQueued: true }));
  }

  /** Finds the neighbours of one shard; the last shard of a run asks for its publication. */
  trainShard(shard: { runId: string; number: number }): Promise<void> {
    return trainShard(this.#context, shard, (em) => this.#askToPublish(em, shard.runId));
  }

  /** Joins the shards, measures the version and publishes it unless it is worse. @returns its number, or null */
  publish(runId: string): Promise<number | null> {
    return publishRun(this.#context, runId, (em) => {
      this.#outbox.enqueue(em, { job: 'index-contents', payload: {}, requestedBy: TRAINING });
    });
  }

  /**
   * Does a whole run here and now, shard by shard, and compares everything with everything. The same interactions give
   * the same version. One that was trained while this call waited for its turn, from data read after the call, is as good
   * as a new one, and null is returned.
   */
  async recompute(onProgress: ReportProgress = async () => undefined): Promise<TrainingReport | null> {
    const { database, clock, ids } = this.#platform;
    const askedAt = clock.now();
    const runId = ids.next();
    return withTrainingLock(database, SIMILARITY_MODEL, async () => {
      const planned = await this.#planOnce({ runId, isFull: true }, { askedAt, isQueued: false });
      if (!planned) return null;
      const shardCount = planned.bounds.length - 1;
      await onProgress(0.2);
      for (let number = 0; number < shardCount; number++) {
        await trainShard(this.#context, { runId, number }, () => undefined);
        await onProgress(0.2 + (0.6 * (number + 1)) / shardCount);
      }
      const versionNumber = await this.publish(runId);
      await onProgress(1);
      return { versionNumber, ...planned.counts };
    });
  }

  async #planOnce(
    { runId, shardCount, isFull = false }: RunRequest,
    { askedAt, isQueued }: { askedAt: Date; isQueued: boolean },
  ): Promise<PlannedRun | null> {
    const { database } = this.#platform;
    const reading = database.orm.em.fork();
    const newest = await newestPlan(reading);
    const isPlanned = (await reading.findOne(TrainingRun, { id: runId })) !== null;
    if (isPlanned || (newest && newest > askedAt)) return null;
    const planned = await planRun(this.#context, { id: runId, shardCount: shardCount ?? null, isFull });
    await database.transaction(async (em) => {
      await saveRun(em, planned);
      if (!isQueued) return;
      for (let number = 0; number + 1 < planned.bounds.length; number++) {
        this.#outbox.enqueue(em, { job: 'train-shard', payload: { runId, number }, requestedBy: TRAINING });
      }
    });
    return planned;
  }

  #askToPublish(em: EntityManager, runId: string): void {
    const id = idFromName('publication of a training', runId);
    this.#outbox.enqueue(em, { id, job: 'publish-model', payload: { runId }, requestedBy: TRAINING });
  }
}
