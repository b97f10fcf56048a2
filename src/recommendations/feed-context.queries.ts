import { sql } from 'kysely';
import type { InteractionKind } from '../math/weighting/index.ts';
import type { Database } from '../platform/database.ts';
import type { FeedPlace } from './feed-cursor.ts';
import { SIMILARITY_MODEL } from './model-version.store.ts';
import type { HistoryEntry } from './taste.ts';

/** What a feed is made from: the model that serves, and what the person did of late. */
export interface FeedContext {
  readonly locale: string;
  readonly versionId: string | null;
  readonly maxPopularity: number;
  /** When the newest of these interactions was received; null when there is none. */
  readonly receivedAt: Date | null;
  readonly history: readonly HistoryEntry[];
}

/** How far back a person's taste is read: so many interactions, and so many contents of them. */
const RECENT = { interactions: 300, contents: 40 };

interface HistoryRow {
  readonly locale: string;
  readonly versionId: string | null;
  readonly maxPopularity: number | null;
  readonly receivedAt: Date | null;
  readonly contentId: string | null;
  readonly title: string | null;
  readonly interactions: readonly (readonly [InteractionKind, number | null, number])[] | null;
  readonly neighbourIds: string | null;
  readonly similarities: string | null;
}

/**
 * One statement. With `place`, things as they were then: what was received later is left out, and the version of then
 * is used as long as it is kept; none, when there was none.
 */
export async function findFeedContext(
  database: Database,
  { userId, place }: { userId: string; place: FeedPlace | null },
): Promise<FeedContext> {
  const beganWithoutModel = place !== null && place.versionId === null;
  const { rows } = await sql<HistoryRow>`
    with version as (
      select id, (stats->>'maxPopularity')::float8 as max_popularity
      from model_versions
      where id = coalesce(
        (select id from model_versions where id = ${place?.versionId ?? null}::uuid),
        (select version_id from model_pointers where model = ${SIMILARITY_MODEL} and not ${beganWithoutModel}))
    ), recent as (
      select content_id, kind, value, occurred_at, received_at
      from interactions
      where user_id = ${userId} and received_at <= coalesce(${place?.asOf ?? null}::timestamptz, 'infinity')
      order by occurred_at desc, id desc
      limit ${RECENT.interactions}
    ), touched as (
      select content_id, max(received_at) as received_at,
        json_agg(json_build_array(kind, value, (extract(epoch from occurred_at) * 1000)::float8)) as interactions
      from recent
      group by content_id
      order by max(occurred_at) desc, content_id
      limit ${RECENT.contents}
    )
    select users.locale, version.id as "versionId", version.max_popularity as "maxPopularity",
      touched.content_id as "contentId", touched.received_at as "receivedAt", touched.interactions, contents.title,
      array_to_string(content_neighbours.neighbour_ids, ',') as "neighbourIds",
      array_to_string(content_neighbours.scores, ',') as similarities
    from users
    left join version on true
    left join touched on true
    left join contents on contents.id = touched.content_id
    left join content_neighbours
      on content_neighbours.version_id = version.id and content_neighbours.content_id = touched.content_id
    where users.id = ${userId}
    order by touched.content_id
  `.execute(database.read());
  return toContext(rows);
}

function toContext(rows: readonly HistoryRow[]): FeedContext {
  const [first] = rows;
  const received = rows.flatMap((row) => row.receivedAt?.getTime() ?? []);
  return {
    locale: first?.locale ?? 'en',
    versionId: first?.versionId ?? null,
    maxPopularity: first?.maxPopularity ?? 0,
    receivedAt: received.length > 0 ? new Date(Math.max(...received)) : null,
    history: rows.flatMap(toHistoryEntry),
  };
}

/** Lists of identifiers travel as one text: splitting it takes a tenth of what parsing an array does. */
function toHistoryEntry(row: HistoryRow): HistoryEntry[] {
  const { contentId, title, interactions } = row;
  if (contentId === null || title === null || interactions === null) return [];
  const timed = interactions.map(([kind, value, occurredAtMs]) => ({ kind, value: value ?? 0, occurredAtMs }));
  const neighbourIds = row.neighbourIds?.split(',') ?? [];
  const similarities = row.similarities?.split(',').map(Number) ?? [];
  return [{ contentId, title, interactions: timed, neighbourIds, similarities }];
}
