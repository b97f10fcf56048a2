import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { type Demand, isOffered, type ShelfFilter } from '../../content/index.ts';
import type { Database } from '../../platform/database.ts';
import type { FeedSource } from './candidates.ts';
import { FEATURE_UNITS } from './features.ts';
import type { FeedSchema } from './feed.entity.ts';

type FeedTables = InferKyselyDB<typeof FeedSchema>;

/** A place as it is kept. */
export interface ListedPlace {
  readonly contentId: string;
  readonly score: number;
  readonly propensity: number;
  readonly source: FeedSource;
  readonly features: ArrayLike<number>;
}

/** A list that somebody was given. */
export interface FeedList {
  readonly id: string;
  readonly filter: ShelfFilter;
  /** One entry a place, as in those that follow. */
  readonly contentIds: readonly string[];
  readonly scores: readonly number[];
  readonly propensities: readonly number[];
  readonly sources: readonly FeedSource[];
  /** `FEATURE_COUNT` numbers a place, in units of 1 / `FEATURE_UNITS`, one place after the other. */
  readonly features: readonly number[];
}

export interface NewFeed {
  readonly id: string;
  readonly userId: string;
  readonly madeAt: Date;
  readonly versionId: string | null;
  readonly ranker: string;
  readonly filter: ShelfFilter;
  readonly shown: number;
  readonly places: readonly ListedPlace[];
}

/**
 * Keeps a list if every content of it is on offer at this moment, and nothing otherwise. The answer does not wait for
 * the disk: when the database itself is killed, lists of its last moments may be gone, and their next pages are refused.
 *
 * @returns the contents that are not on offer
 */
export async function saveFeed(database: Database, feed: NewFeed, demand: Demand): Promise<Set<string>> {
  const { id, userId, madeAt, versionId, ranker, filter, shown, places } = feed;
  const columns = columnsOf(places);
  const { rows } = await sql<{ id: string }>`
    with list as materialized (select ${columns.contentIds}::uuid[] as ids),
    missing as materialized (
      select one.id from list cross join lateral unnest(ids) as one (id)
      where not exists (select 1 from contents where contents.id = one.id and ${isOffered(demand)})
    ), setting as materialized (select set_config('synchronous_commit', 'off', true) as value),
    saved as (
      insert into feeds (id, user_id, made_at, version_id, ranker, filter, shown, content_ids, scores, propensities,
        sources, features)
      select ${id}, ${userId}, ${madeAt}, ${versionId}, ${ranker}, ${JSON.stringify(filter)}, ${shown},
        ids, ${columns.scores}::real[], ${columns.propensities}::real[],
        ${columns.sources}::text[], ${columns.features}::smallint[]
      from list cross join setting
      where not exists (select 1 from missing)
    )
    select id from missing
  `.execute(database.read());
  return new Set(rows.map((row) => row.id));
}

/** A list of a person's own; null when there is none of the name, or it is no longer kept. */
export async function findFeed(
  database: Database,
  { id, userId }: { id: string; userId: string },
): Promise<FeedList | null> {
  const row = await database
    .read<FeedTables>()
    .selectFrom('feeds')
    .select(['id', 'filter', 'content_ids as contentIds', 'scores', 'propensities', 'sources', 'features'])
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return (row as FeedList | undefined) ?? null;
}

/**
 * Lengthens a list that has `length` places.
 *
 * @returns whether it had as many; otherwise somebody else has lengthened it meanwhile, and it stays as it is
 */
export async function appendToFeed(
  database: Database,
  { id, length, places }: { id: string; length: number; places: readonly ListedPlace[] },
): Promise<boolean> {
  const { contentIds, scores, propensities, sources, features } = columnsOf(places);
  const { rows } = await sql`
    update feeds set content_ids = content_ids || ${contentIds}::uuid[], scores = scores || ${scores}::real[],
      propensities = propensities || ${propensities}::real[], sources = sources || ${sources}::text[],
      features = features || ${features}::smallint[]
    where id = ${id} and cardinality(content_ids) = ${length}
    returning id
  `.execute(database.read());
  return rows.length > 0;
}

/** Notes that the first so many places were given out. */
export async function markShown(database: Database, { id, shown }: { id: string; shown: number }): Promise<void> {
  await sql`
    with setting as materialized (select set_config('synchronous_commit', 'off', true) as value)
    update feeds set shown = greatest(shown, ${shown}) from setting where id = ${id}
  `.execute(database.read());
}

/** Forgets the lists made before an instant. @returns how many */
export async function pruneFeeds(database: Database, before: Date): Promise<number> {
  const rows = await database.read<FeedTables>().deleteFrom('feeds').where('made_at', '<', before).executeTakeFirst();
  return Number(rows.numDeletedRows);
}

/** Arrays as the texts that PostgreSQL reads: the driver takes several times as long to write them. */
function columnsOf(places: readonly ListedPlace[]) {
  const textOf = (values: readonly (string | number)[]) => `{${values.join(',')}}`;
  return {
    contentIds: textOf(places.map((one) => one.contentId)),
    scores: textOf(places.map((one) => one.score)),
    propensities: textOf(places.map((one) => Math.fround(one.propensity))),
    sources: textOf(places.map((one) => one.source)),
    features: textOf(inUnits(places)),
  };
}

function inUnits(places: readonly ListedPlace[]): number[] {
  const units: number[] = [];
  for (const { features } of places) {
    for (let f = 0; f < features.length; f++) units.push(Math.round((features[f] as number) * FEATURE_UNITS));
  }
  return units;
}
