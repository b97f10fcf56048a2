import type { OutboxService } from '../../outbox/index.ts';
import type { EntityManager } from '../../platform/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { WorkerThreads } from '../../platform/worker-threads.ts';
import { type Actor, requireRole } from '../../shared/actor.ts';
import { pruneFeeds } from '../feed/feed.store.ts';
import { findServing, lockPointer, RANKER_MODEL } from '../model-version.store.ts';
import { withTrainingLock } from '../training/training-lock.ts';
import { TrainingRun } from '../training/training-run.entity.ts';
import { readFeedLog } from './feed-log.reader.ts';
import { OUTCOME_HOURS } from './outcome-hours.ts';
import type * as worker from './ranker.worker.ts';
import { RANKER_PARAMS, type RankerParams } from './ranker-params.ts';
import { loadServingRanker, publishRanker } from './ranker-version.store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Longer than rankers look back. */
const KEEP_FEEDS_MS = 90 * DAY_MS;

type TrainedRanker = ReturnType<typeof worker.train>;

/** The model that puts the candidates of feeds in order: learnt from what feeds showed and what came of it. */
export class RankerService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;
  readonly #threads = new WorkerThreads<typeof worker>(new URL('./ranker.worker.ts', import.meta.url), {
    threadCount: 1,
  });
  readonly #params: RankerParams;

  constructor(platform: Platform, outbox: OutboxService, params: RankerParams = RANKER_PARAMS) {
    this.#platform = platform;
    this.#outbox = outbox;
    this.#params = params;
  }

  /**
   * Asks for a new version.
   *
   * @returns ids of the job, and of the run that there will be when it is done
   * @throws UnauthenticatedError
   * @throws ForbiddenError unless the actor is an admin
   */
  async requestTraining(actor: Actor): Promise<{ jobId: string; runId: string }> {
    requireRole(actor, 'ADMIN');
    const runId = this.#platform.ids.next();
    const jobId = await this.#platform.database.transaction(async (em) =>
      this.#outbox.enqueue(em, { job: 'train-ranker', payload: { runId }, requestedBy: actor }),
    );
    return { jobId, runId };
  }

  /**
   * Learns a version from what feeds showed and lets it serve, unless it is worse than what serves or there is too little
   * to learn from. The run, the version and the switch are saved in one transaction: whoever dies before leaves nothing,
   * and done twice it is done once.
   */
  async train({ runId }: { runId: string }): Promise<void> {
    const { database, clock } = this.#platform;
    await withTrainingLock(database, RANKER_MODEL, async () => {
      if (await database.orm.em.fork().findOne(TrainingRun, { id: runId })) return;
      const plannedAt = clock.now();
      const serving = await loadServingRanker(database);
      const trained = await this.#fit({ plannedAt, serving: serving?.bytes ?? null });
      await database.transaction((em) => this.#save(em, { runId, plannedAt, trained, servingId: serving?.id ?? null }));
    });
  }

  /** Forgets the feeds that nothing is learnt from any more. @returns how many */
  prune(): Promise<number> {
    const { database, clock } = this.#platform;
    return pruneFeeds(database, new Date(clock.now().getTime() - KEEP_FEEDS_MS));
  }

  async #fit({ plannedAt, serving }: { plannedAt: Date; serving: Uint8Array | null }): Promise<TrainedRanker> {
    const asOfMs = plannedAt.getTime();
    const params = this.#params;
    const log = await readFeedLog(this.#platform.database, {
      from: new Date(asOfMs - params.windowDays * DAY_MS),
      // What came of later feeds is not known yet.
      to: new Date(asOfMs - OUTCOME_HOURS.click * HOUR_MS),
      most: params.mostExamples,
    });
    return this.#threads.run('train', { ...log, serving, params, asOfMs });
  }

  async #save(
    em: EntityManager,
    run: { runId: string; plannedAt: Date; trained: TrainedRanker; servingId: string | null },
  ): Promise<void> {
    const { runId, plannedAt, servingId } = run;
    const { counts, metrics, bytes, learntUntilMs, outcome } = run.trained;
    const { examples, clicks, conversions, users, contents } = counts;
    await lockPointer(em, RANKER_MODEL);
    // Somebody rolled back meanwhile: the version that it was measured against serves no more.
    const isOvertaken = ((await findServing(em, RANKER_MODEL))?.id ?? null) !== servingId;
    const isPublished = bytes !== null && metrics !== null && !isOvertaken;
    const now = this.#platform.clock.now();
    em.create(
      TrainingRun,
      {
        id: runId,
        model: RANKER_MODEL,
        state: isPublished ? 'PUBLISHED' : isOvertaken ? 'SUPERSEDED' : 'REJECTED',
        params: this.#params,
        counts: { interactions: examples, users, contents },
        asOf: plannedAt,
        plannedAt,
        shardCount: 0,
        rankerMetrics: metrics,
        outcome: isOvertaken ? 'Another version serves than the one that it was measured against.' : outcome,
        endedAt: now,
      },
      { persist: true },
    );
    await em.flush();
    if (!isPublished) return;
    await publishRanker(em, {
      id: this.#platform.ids.next(),
      params: { ...this.#params },
      stats: { examples, clicks, conversions, users, contents, learntUntilMs: learntUntilMs ?? 0 },
      rankerMetrics: metrics,
      trainedAt: plannedAt,
      publishedAt: now,
      bytes,
    });
  }
}
