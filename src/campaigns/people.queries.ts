import { type RawBuilder, sql } from 'kysely';
import type { EntityManager } from '../platform/database.ts';
import { rowsOf } from '../platform/database.ts';

/** The two tables whose rows say what one person met or did. */
export type EventTable = 'touchpoints' | 'conversions';

/**
 * Two common table expressions, to put after `with`: who stands behind some events, and under which names the tables
 * know them. `people(user_id, visitor_id)` has one of the two set: the account, or a pseudonym without one.
 * `identities(person, user_id, visitor_id)` has a row for each name of a person: the account, and each linked pseudonym.
 *
 * @param events a row source with `user_id` and `visitor_id`
 * @param knownAt links seen later are left out; null takes all
 */
export function identitiesOf(events: RawBuilder<unknown>, knownAt: Date | null): RawBuilder<unknown> {
  const known = instant(knownAt, 'infinity');
  return sql`
    people as (
      select distinct coalesce(e.user_id, l.user_id) as user_id,
             case when e.user_id is null and l.user_id is null then e.visitor_id end as visitor_id
      from ${events} e
      left join visitor_links l on e.user_id is null and l.visitor_id = e.visitor_id and l.seen_at <= ${known}
    ),
    identities as (
      select 'user ' || user_id as person, user_id, null::text as visitor_id from people where user_id is not null
      union all
      select 'user ' || p.user_id, null::uuid, l.visitor_id
      from people p join visitor_links l on l.user_id = p.user_id and l.seen_at <= ${known}
      union all
      select 'visitor ' || visitor_id, null::uuid, visitor_id from people where user_id is null
    )`;
}

/** A row source: the rows of `table` that belong to the people of `identities`, with `person` beside their columns. */
export function eventsOfPeople(table: EventTable): RawBuilder<unknown> {
  const events = sql.table(table);
  return sql`(
    select i.person, e.* from identities i join ${events} e on e.user_id = i.user_id
    union all
    select i.person, e.* from identities i join ${events} e on e.visitor_id = i.visitor_id and e.user_id is null
  )`;
}

/** A row source: the events with these ids. */
export function eventsWithIds(table: EventTable, ids: readonly string[]): RawBuilder<unknown> {
  return sql`(select user_id, visitor_id from ${sql.table(table)} where id = any(${ids}::uuid[]))`;
}

/**
 * The campaigns whose figures new events can change: those that touched the same people. People who converted nowhere
 * since `convertedSince` (null: ever) are left out, since their touchpoints have nothing to share yet.
 */
export async function findCampaignsOfPeople(
  em: EntityManager,
  { table, ids, convertedSince }: { table: EventTable; ids: readonly string[]; convertedSince: Date | null },
): Promise<string[]> {
  const { rows } = await sql<{ campaign_id: string }>`
    with ${identitiesOf(eventsWithIds(table, ids), null)},
    converted as (
      select distinct person from ${eventsOfPeople('conversions')} c
      where c.occurred_at >= ${instant(convertedSince, '-infinity')}
    )
    select distinct t.campaign_id
    from ${eventsOfPeople('touchpoints')} t join converted on converted.person = t.person`.execute(rowsOf(em));
  return rows.map((row) => row.campaign_id);
}

/** A bound time, or an end of time that PostgreSQL knows by name. */
export function instant(at: Date | null, otherwise: 'infinity' | '-infinity'): RawBuilder<unknown> {
  return sql`${at ?? otherwise}::timestamptz`;
}
