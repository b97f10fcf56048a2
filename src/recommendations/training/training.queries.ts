import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import { readInstantCursor } from '../../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../../shared/page.ts';
import type { ModelTables } from '../model-version.store.ts';
import type { RankerMetrics } from '../ranking/ranker-metrics.ts';
import type { SplitMetrics } from './split-metrics.ts';
import type { TrainingCounts, TrainingKind, TrainingState } from './training-run.entity.ts';
import type { TrainingTables } from './training-run.store.ts';

export interface TrainingRunRow {
  readonly id: string;
  readonly model: string;
  readonly kind: TrainingKind;
  readonly state: TrainingState;
  readonly counts: TrainingCounts;
  readonly plannedAt: Date;
  readonly endedAt: Date | null;
  readonly shardCount: number;
  readonly shardsDone: number;
  readonly recomputedContents: number | null;
  readonly metrics: SplitMetrics | null;
  readonly rankerMetrics: RankerMetrics | null;
  readonly outcome: string | null;
}

export interface ModelVersionRow {
  readonly id: string;
  readonly model: string;
  readonly number: number;
  readonly trainedAt: Date;
  readonly metrics: SplitMetrics | null;
  readonly rankerMetrics: RankerMetrics | null;
  readonly isServing: boolean;
}

/** Runs, the latest first. */
export async function findTrainingPage(database: Database, page: PageRequest): Promise<Page<TrainingRunRow>> {
  const after = readInstantCursor(page.after);
  const before = after ? sql<boolean>`(planned_at, id) < (${after.at}, ${after.id}::uuid)` : sql<boolean>`true`;
  return pageOf(await selectRuns(database, before, page.first + 1), page);
}

export async function findTrainingRun(database: Database, id: string): Promise<TrainingRunRow | null> {
  const [row] = await selectRuns(database, sql<boolean>`id = ${id}`, 1);
  return row ?? null;
}

/** The versions that are kept of each model, the newest first: three, and the one that serves. */
export async function findModelVersions(database: Database): Promise<ModelVersionRow[]> {
  const rows = await database
    .read<ModelTables>()
    .selectFrom('model_versions')
    .leftJoin('model_pointers', 'model_pointers.version_id', 'model_versions.id')
    .select(['model_versions.id', 'model_versions.model', 'number', 'trained_at as trainedAt', 'metrics'])
    .select(['ranker_metrics as rankerMetrics'])
    .select((builder) => builder('model_pointers.version_id', 'is not', null).as('isServing'))
    .orderBy('model_versions.model', 'desc')
    .orderBy('number', 'desc')
    .execute();
  return rows as unknown as ModelVersionRow[];
}

async function selectRuns(database: Database, where: RawBuilder<boolean>, limit: number): Promise<TrainingRunRow[]> {
  const rows = await database
    .read<TrainingTables>()
    .selectFrom('training_runs')
    .select(['id', 'model', 'kind', 'state', 'counts', 'planned_at as plannedAt', 'ended_at as endedAt'])
    .select(['shard_count as shardCount', 'recomputed_contents as recomputedContents'])
    .select(['metrics', 'ranker_metrics as rankerMetrics', 'outcome'])
    .select((builder) =>
      builder
        .selectFrom('training_shards')
        .select(builder.fn.countAll<bigint>().as('done'))
        .whereRef('training_shards.run_id', '=', 'training_runs.id')
        .where('done_at', 'is not', null)
        .as('shardsDone'),
    )
    .where(where)
    .orderBy('planned_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, shardsDone: Number(row.shardsDone) })) as unknown as TrainingRunRow[];
}
