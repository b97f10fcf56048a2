import { sql } from 'kysely';
import type { InteractionKind } from '../../math/weighting/index.ts';
import type { Database } from '../../platform/database.ts';
import { blockedPartnerIds, hasConsent } from '../../preferences/index.ts';
import type { TimedInteraction } from '../interaction-weighing.ts';
import { RANKER_MODEL, SIMILARITY_MODEL } from '../model-version.store.ts';
import { hasCatalogueChanged, type Snapshot } from './catalogue.queries.ts';

/** Everything about a person that a feed is made from, as it is now, and which models serve. */
export interface FeedPerson {
  readonly userId: string;
  readonly locale: string;
  readonly birthYear: number | null;
  /** In lower case, as models know it. */
  readonly occupation: string | null;
  readonly interests: readonly string[];
  readonly goals: readonly string[];
  readonly mayUseDeeds: boolean;
  readonly mayUseProfile: boolean;
  readonly blockedPartners: ReadonlySet<string>;
  readonly versionId: string | null;
  readonly rankerVersionId: string | null;
  readonly isCatalogueStale: boolean;
  /** The contents that they did something with of late, the latest first. */
  readonly history: readonly Deeds[];
  /** Contents that they own, finished or dismissed. */
  readonly settled: ReadonlySet<string>;
  /** When they last did something with each other content, in milliseconds since 1970. */
  readonly seenAtMs: ReadonlyMap<string, number>;
  /** How often the feeds of the last week showed each content. */
  readonly shown: ReadonlyMap<string, number>;
}

/** What a person did with one content. */
export interface Deeds {
  readonly contentId: string;
  readonly interactions: readonly TimedInteraction[];
}

/** How far back a person's taste is read: so many interactions, and so many contents of them. */
const RECENT = { interactions: 300, contents: 40 };
/** Feeds whose places count as shown: so many, of so many days. */
const SHOWN = { feeds: 20, days: 7 };

interface PersonRow {
  readonly locale: string;
  readonly birthYear: number | null;
  readonly occupation: string | null;
  readonly interests: readonly string[];
  readonly goals: readonly string[];
  readonly mayUseDeeds: boolean;
  readonly mayUseProfile: boolean;
  readonly blockedPartners: string | null;
  readonly versionId: string | null;
  readonly rankerVersionId: string | null;
  readonly isCatalogueStale: boolean;
  readonly history:
    | readonly (readonly [string, readonly (readonly [InteractionKind, number | null, number])[]])[]
    | null;
  readonly settled: string | null;
  readonly seen: readonly (readonly [string, number])[] | null;
  readonly shown: readonly (readonly [string, number])[] | null;
}

/** One statement of one row: lists travel as text or JSON, which costs the driver a tenth of arrays. */
export async function findFeedPerson(
  database: Database,
  { userId, now, snapshot }: { userId: string; now: Date; snapshot: Snapshot },
): Promise<FeedPerson | null> {
  const { rows } = await sql<PersonRow>`
    with recent as materialized (
      select content_id, kind, value, occurred_at
      from interactions where user_id = ${userId}
      order by occurred_at desc, id desc
      limit ${RECENT.interactions}
    ), history as (
      select json_build_array(content_id,
          json_agg(json_build_array(kind, value, (extract(epoch from occurred_at) * 1000)::float8))) as deeds,
        max(occurred_at) as at, content_id
      from recent group by content_id
      order by at desc, content_id
      limit ${RECENT.contents}
    ), touched as materialized (
      select content_id, bool_or(kind in ('PURCHASE', 'DISMISS') or (kind = 'PROGRESS' and value >= 1)) as is_settled,
        (extract(epoch from max(occurred_at)) * 1000)::float8 as seen_at
      from interactions where user_id = ${userId} group by content_id
    ), lists as materialized (
      select content_ids[1:shown] as ids
      from feeds where user_id = ${userId} and made_at > ${now}::timestamptz - ${SHOWN.days} * interval '1 day'
      order by made_at desc
      limit ${SHOWN.feeds}
    ), shown as (
      select one.id, count(*)::int as times from lists cross join lateral unnest(ids) as one (id) group by one.id
    )
    select users.locale, users.birth_year as "birthYear", users.occupation, users.interests, users.goals,
      ${hasConsent('PERSONALISATION', userId)} as "mayUseDeeds", ${hasConsent('PROFILE', userId)} as "mayUseProfile",
      array_to_string(${blockedPartnerIds(userId)}, ',') as "blockedPartners",
      (select version_id from model_pointers where model = ${SIMILARITY_MODEL}) as "versionId",
      (select version_id from model_pointers where model = ${RANKER_MODEL}) as "rankerVersionId",
      ${hasCatalogueChanged(snapshot)} as "isCatalogueStale",
      (select json_agg(deeds order by at desc, content_id) from history) as history,
      (select string_agg(content_id::text, ',') from touched where is_settled) as settled,
      (select json_agg(json_build_array(content_id, seen_at)) from touched where not is_settled) as seen,
      (select json_agg(json_build_array(id, times)) from shown) as shown
    from users
    where users.id = ${userId}
  `.execute(database.read());
  return rows[0] ? toPerson(userId, rows[0]) : null;
}

function toPerson(userId: string, row: PersonRow): FeedPerson {
  const { history, settled, seen, shown, blockedPartners, ...rest } = row;
  return {
    ...rest,
    userId,
    occupation: row.occupation?.trim().toLowerCase() || null,
    blockedPartners: idsOf(blockedPartners),
    settled: idsOf(settled),
    seenAtMs: new Map(seen),
    shown: new Map(shown),
    history: (history ?? []).map(([contentId, interactions]) => ({
      contentId,
      interactions: interactions.map(([kind, value, occurredAtMs]) => ({ kind, value: value ?? 0, occurredAtMs })),
    })),
  };
}

function idsOf(list: string | null): Set<string> {
  return new Set(list ? list.split(',') : []);
}
