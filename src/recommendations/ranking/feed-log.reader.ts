import { sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import { hasConsent } from '../../preferences/index.ts';
import { copyBytes } from '../model/index.ts';
import { LINES } from '../training/training-sources.ts';
import { OUTCOME_HOURS } from './outcome-hours.ts';

/** id of the content, propensity, whether it was clicked, whether it was converted */
type PlaceRow = readonly [string, number, 0 | 1, 0 | 1];

/** id of the person, when it was made, occupation as far as it may be used, places that were shown, their features as kept */
export type FeedRow = readonly [string, number, string | null, readonly PlaceRow[], readonly number[]];

/** id, domain, kind, module, partner */
export type PlacedContentRow = readonly [string, string, string, string, string];

/** What is or was on the shelf. */
const COPY_CONTENTS = `copy (
  select json_build_array(id, domain_code, kind, module, partner_id) from contents where published_at is not null) ${LINES}`;

/** Feeds in one statement: with a hundred places each some megabytes. */
const CHUNK = 500;

export interface FeedLog {
  /** Lines of `FeedRow` in the order of time. */
  readonly feedLines: Uint8Array[];
  /** Lines of `PlacedContentRow`. */
  readonly contentLines: Uint8Array;
}

interface ChunkRow {
  readonly id: string;
  readonly madeAt: string;
  readonly shown: number;
  /** Null for a person who does not let what they did be used, or is gone. */
  readonly line: string | null;
}

/**
 * What feeds showed from one instant to another, with what came of it: in chunks, the newest first, until there are
 * `most` places or a few more.
 */
export async function readFeedLog(database: Database, range: { from: Date; to: Date; most: number }): Promise<FeedLog> {
  const chunks: Uint8Array[] = [];
  let [places, before] = [0, null as { id: string; madeAt: string } | null];
  for (;;) {
    const rows = await readChunk(database, { ...range, before });
    const lines = rows.flatMap(({ line }) => line ?? []);
    if (lines.length > 0) chunks.push(Buffer.from(`${lines.toReversed().join('\n')}\n`));
    places += rows.reduce((sum, { line, shown }) => sum + (line === null ? 0 : shown), 0);
    before = rows.at(-1) ?? null;
    if (rows.length < CHUNK || places >= range.most) break;
  }
  return { feedLines: chunks.toReversed(), contentLines: await copyBytes(database.pool, COPY_CONTENTS) };
}

/**
 * A click is any sign of interest that we got after the feed was made and that happened within a day of it, unless the
 * content was dismissed within that day; a conversion is a purchase, or the end of the content, within a week.
 */
async function readChunk(
  database: Database,
  { from, to, before }: { from: Date; to: Date; before: { id: string; madeAt: string } | null },
): Promise<ChunkRow[]> {
  const older = before
    ? sql`and (feeds.made_at, feeds.id) < (${before.madeAt}::timestamptz, ${before.id}::uuid)`
    : sql``;
  const userId = sql.ref('list.user_id');
  const { rows } = await sql<ChunkRow>`
    with list as materialized (
      select id, user_id, made_at, content_ids, propensities, features,
        least(shown, cardinality(content_ids)) as shown,
        cardinality(features) / greatest(1, cardinality(content_ids)) as width
      from feeds
      where made_at >= ${from} and made_at < ${to} ${older}
      order by made_at desc, id desc
      limit ${CHUNK}
    )
    select list.id, list.made_at::text as "madeAt", list.shown,
      case when users.id is not null and ${hasConsent('PERSONALISATION', userId)} then json_build_array(
        list.user_id, (extract(epoch from list.made_at) * 1000)::float8,
        case when ${hasConsent('PROFILE', userId)} then users.occupation end,
        coalesce(place.places, '[]'::json), list.features[1:list.shown * list.width])::text end as line
    from list
    left join users on users.id = list.user_id
    cross join lateral (
      select json_agg(json_build_array(one.content_id, one.propensity,
          (coalesce(deed.is_click, false) and not deed.is_dismissed)::int,
          (coalesce(deed.is_click, false) and not deed.is_dismissed and deed.is_conversion)::int)
        order by one.position) as places
      from unnest(list.content_ids[1:list.shown], list.propensities[1:list.shown])
        with ordinality as one (content_id, propensity, position)
      left join (
        select content_id,
          bool_or(occurred_at < list.made_at + ${OUTCOME_HOURS.click} * interval '1 hour'
            and (kind in ('VIEW', 'PROGRESS', 'LIKE', 'SHARE', 'PURCHASE') or (kind = 'RATE' and value >= 3))) as is_click,
          bool_or(occurred_at < list.made_at + ${OUTCOME_HOURS.click} * interval '1 hour'
            and kind = 'DISMISS') as is_dismissed,
          bool_or(kind = 'PURCHASE' or (kind = 'PROGRESS' and value >= 1)) as is_conversion
        from interactions
        where user_id = list.user_id and occurred_at >= list.made_at and received_at >= list.made_at
          and occurred_at < list.made_at + ${OUTCOME_HOURS.conversion} * interval '1 hour'
        group by content_id
      ) as deed on deed.content_id = one.content_id
    ) as place
    order by list.made_at desc, list.id desc
  `.execute(database.read());
  return rows;
}
