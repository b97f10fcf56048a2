import type { EntityManager } from '../../platform/database.ts';
import { invariant } from '../../shared/invariant.ts';
import { flatWeighting } from '../interaction-weighing.ts';
import { saveArtifact, takeOverParts } from '../model/index.ts';
import { findServing, latestVersion, publishVersion, SIMILARITY_MODEL } from '../model-version.store.ts';
import type { Series } from './earlier-version.ts';
import { judge, type SplitMetrics } from './split-metrics.ts';
import { dropPlaced, isSomeUnplaced } from './text-placement.store.ts';
import { dropParts, loadParts } from './training-part.store.ts';
import { TrainingRun, type TrainingState } from './training-run.entity.ts';
import { findShards, lockRun, shardName, supersedeEarlier } from './training-run.store.ts';
import type { TrainingContext, TrainingThreads } from './training-threads.ts';

interface MergedRun {
  /** Of all lists together. */
  readonly neighbourCount: number;
  readonly metrics: SplitMetrics;
  readonly contentIds: readonly string[];
  readonly recomputedCount: number;
  /** The artifacts of these names. */
  readonly served: Uint8Array;
  readonly memory: Uint8Array;
  readonly series: Series;
}

/**
 * Joins the shards of a run to a version, measures it, and switches feeds to it when it is not worse than the one that
 * serves. All of that is saved in one transaction: whoever dies on the way leaves things as they were. A run whose
 * interactions were read before those of a version that is there already is superseded by it.
 *
 * @param whenUnplaced is called within that transaction when there are contents that the version does not know
 * @returns number of the version; null when it was not published, or the run was over
 */
export async function publishRun(
  { platform, threads }: TrainingContext,
  runId: string,
  whenUnplaced: (em: EntityManager) => void,
): Promise<number | null> {
  const { database, clock, ids } = platform;
  const merged = await mergeRun(database.orm.em.fork(), { runId, threads });
  if (!merged) return null;
  return database.transaction(async (em) => {
    const run = await lockRun(em, runId);
    if (run?.state !== 'TRAINING') return null;
    const { state, outcome } = await decide(em, run, merged.metrics);
    Object.assign(run, { state, outcome, metrics: merged.metrics, endedAt: clock.now() });
    run.recomputedContents = merged.recomputedCount;
    await em.flush();
    if (state !== 'PUBLISHED') {
      await dropParts(em, runId);
      return null;
    }
    const versionId = ids.next();
    const number = await publishVersion(em, {
      id: versionId,
      model: SIMILARITY_MODEL,
      params: { ...run.params, ...flatWeighting() },
      stats: { ...run.counts, ...statsOf(merged) },
      metrics: merged.metrics,
      trainedAt: run.plannedAt,
      publishedAt: clock.now(),
    });
    await saveArtifact(em, { versionId, name: 'served' }, merged.served);
    await saveArtifact(em, { versionId, name: 'memory' }, merged.memory);
    await takeOverParts(em, { runId, versionId });
    await dropParts(em, runId);
    await dropPlaced(em, merged.contentIds);
    if (await isSomeUnplaced(em, merged.contentIds)) whenUnplaced(em);
    await supersedeEarlier(em, { plannedAt: run.plannedAt, at: clock.now(), outcome: supersededBy(number) });
    return number;
  });
}

async function mergeRun(
  em: EntityManager,
  { runId, threads }: { runId: string; threads: TrainingThreads },
): Promise<MergedRun | null> {
  const outline = await loadParts(em, { runId, name: 'outline' });
  if (!outline) return null;
  const shards: Uint8Array[] = [];
  for (const { number } of await findShards(em, runId)) {
    const bytes = await loadParts(em, { runId, name: shardName(number) });
    if (!bytes) {
      // Another job ended the run in the meantime; else a shard is missing, which only a mistake of ours explains.
      invariant(!(await em.findOne(TrainingRun, { id: runId, state: 'TRAINING' })), `shard ${number} is missing`);
      return null;
    }
    shards.push(bytes);
  }
  return threads.run('merge', { outline, shards });
}

async function decide(
  em: EntityManager,
  run: TrainingRun,
  metrics: SplitMetrics,
): Promise<{ state: TrainingState; outcome: string }> {
  const latest = await latestVersion(em, SIMILARITY_MODEL);
  if (latest && latest.trainedAt > run.plannedAt) {
    return { state: 'SUPERSEDED', outcome: supersededBy(latest.number) };
  }
  const serving = await findServing(em, SIMILARITY_MODEL);
  const { isAccepted, outcome } = judge(metrics, serving?.metrics ?? null);
  return { state: isAccepted ? 'PUBLISHED' : 'REJECTED', outcome };
}

const supersededBy = (number: number): string => `Version ${number} read newer interactions.`;

function statsOf({ neighbourCount, series }: MergedRun): Record<string, number> {
  return {
    asOfMs: series.asOfMs,
    seriesStartedAtMs: series.startedAtMs,
    neighbours: neighbourCount,
  };
}
