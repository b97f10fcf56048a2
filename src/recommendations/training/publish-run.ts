import type { NeighbourLists } from '../../math/similarity/index.ts';
import type { EntityManager } from '../../platform/database.ts';
import { invariant } from '../../shared/invariant.ts';
import { flatWeighting } from '../interaction-weighing.ts';
import { findServing, latestVersion, publishVersion } from '../model-version.store.ts';
import { judge, type SplitMetrics } from './split-metrics.ts';
import { dropParts, loadParts } from './training-part.store.ts';
import { TrainingRun, type TrainingState } from './training-run.entity.ts';
import { findShards, INPUT, lockRun, shardName, supersedeEarlier } from './training-run.store.ts';
import type { TrainingContext, TrainingThreads } from './training-threads.ts';

interface MergedRun {
  readonly lists: NeighbourLists;
  readonly metrics: SplitMetrics;
  readonly contentIds: readonly string[];
  readonly popularity: Float64Array;
}

/**
 * Joins the shards of a run to a version, measures it, and switches feeds to it when it is not worse than the one that
 * serves. All of that is saved in one transaction: whoever dies on the way leaves things as they were. A run whose
 * interactions were read before those of a version that is there already is superseded by it.
 *
 * @returns number of the version; null when it was not published, or the run was over
 */
export async function publishRun({ platform, threads }: TrainingContext, runId: string): Promise<number | null> {
  const { database, clock, ids } = platform;
  const merged = await mergeRun(database.orm.em.fork(), { runId, threads });
  if (!merged) return null;
  return database.transaction(async (em) => {
    const run = await lockRun(em, runId);
    if (run?.state !== 'TRAINING') return null;
    const { state, outcome } = await decide(em, run, merged.metrics);
    Object.assign(run, { state, outcome, metrics: merged.metrics, endedAt: clock.now() });
    await em.flush();
    await dropParts(em, runId);
    if (state !== 'PUBLISHED') return null;
    const number = await publishVersion(em, {
      id: ids.next(),
      params: { ...run.params, ...flatWeighting() },
      stats: { ...run.counts, ...statsOf(merged), asOfMs: run.asOf.getTime() },
      metrics: merged.metrics,
      trainedAt: run.plannedAt,
      publishedAt: clock.now(),
      contentIds: merged.contentIds,
      trained: { neighbours: merged.lists, popularity: merged.popularity },
    });
    await supersedeEarlier(em, { plannedAt: run.plannedAt, at: clock.now(), outcome: supersededBy(number) });
    return number;
  });
}

async function mergeRun(
  em: EntityManager,
  { runId, threads }: { runId: string; threads: TrainingThreads },
): Promise<MergedRun | null> {
  const input = await loadParts(em, { runId, name: INPUT });
  if (!input) return null;
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
  return threads.run('merge', { input, shards });
}

async function decide(
  em: EntityManager,
  run: TrainingRun,
  metrics: SplitMetrics,
): Promise<{ state: TrainingState; outcome: string }> {
  const latest = await latestVersion(em);
  if (latest && latest.trainedAt > run.plannedAt) {
    return { state: 'SUPERSEDED', outcome: supersededBy(latest.number) };
  }
  const serving = await findServing(em);
  const { isAccepted, outcome } = judge(metrics, serving?.metrics ?? null);
  return { state: isAccepted ? 'PUBLISHED' : 'REJECTED', outcome };
}

const supersededBy = (number: number): string => `Version ${number} read newer interactions.`;

function statsOf({ lists, popularity }: MergedRun): Record<string, number> {
  return {
    neighbours: lists.neighbours.length,
    maxPopularity: popularity.reduce((most, score) => Math.max(most, score), 0),
  };
}
