import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { CONVERSION_KINDS } from '../../campaigns/index.ts';
import { type Paths, PathTable } from '../../math/attribution/index.ts';
import type { Database } from '../../platform/database.ts';
import { type Player, playerName } from '../players.ts';
import { EventRows } from './event-rows.ts';
import { PersonEvents, type PlayerWindows } from './person-events.ts';

/** The journeys of everybody. */
export interface JourneyPaths {
  /** By name, which is a channel of the paths. */
  readonly players: ReadonlyMap<string, Player>;
  readonly paths: Paths;
  /** Journeys that something led to and that ended with a conversion. */
  readonly converted: number;
  /** What people met after their last conversion, or without any. */
  readonly lost: number;
}

/** Sorting a person's events together goes to disk beyond this, so that memory is bounded at the server too. */
const SORT_MEMORY = '64MB';

/** Every partner's channel in every campaign that ever touched somebody, numbered from 0. */
const PLAYERS = `players as materialized (
    select campaign_id, partner_id, channel,
      (row_number() over (order by campaign_id, partner_id, channel collate "C"))::int - 1 as player
    from (select distinct campaign_id, partner_id, channel from touchpoints) seen
    where exists (select from campaigns k where k.id = seen.campaign_id)
  )`;

const LIST_PLAYERS = `with ${PLAYERS}
  select p.campaign_id as "campaignId", p.partner_id as "partnerId", p.channel,
    k.attribution_window_days as "clickDays", k.view_window_days as "viewDays"
  from players p join campaigns k on k.id = p.campaign_id order by p.player`;

/** An event that names no account belongs to the one behind its pseudonym, where that is known: see `identitiesOf`. */
const PERSON = `coalesce(e.user_id, l.user_id) as user_id,
      case when e.user_id is null and l.user_id is null then e.visitor_id end as visitor_id`;
const LINK = 'left join visitor_links l on e.user_id is null and l.visitor_id = e.visitor_id';

/** Person by person, in the order of time; of one instant touchpoints first, since they may have led to a conversion then. */
const COPY_EVENTS = `copy (
  with ${PLAYERS}, events as (
    select ${PERSON}, e.occurred_at, p.player, (e.kind = 'IMPRESSION')::int as kind, null::bigint as value, e.sequence
    from touchpoints e join players p using (campaign_id, partner_id, channel) ${LINK}
    union all
    select ${PERSON}, e.occurred_at, null, array_position(array['${CONVERSION_KINDS.join("','")}'], e.kind),
      e.value_minor - e.refunded_minor, e.sequence
    from conversions e ${LINK}
  )
  select user_id, visitor_id, occurred_at, player, kind, value from events
  order by user_id, visitor_id collate "C", occurred_at, player is null, sequence
) to stdout (format binary)`;

/**
 * The journeys of everybody over all campaigns, from one snapshot, streamed: memory grows with the number of different
 * paths, and not with that of events. Those that ended with a conversion are those that runs credit (`journeysOf`). What a
 * person met after their last conversion, or without any, is a journey that was lost; its windows end with its last
 * touchpoint, since nothing later is known.
 *
 * @param options `keepAges`: see `PathTable`; memory then grows with the touchpoints in journeys
 */
export async function readJourneyPaths(
  database: Database,
  { keepAges = false }: { keepAges?: boolean } = {},
): Promise<JourneyPaths> {
  const client = await database.pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(`set local work_mem = '${SORT_MEMORY}'`);
    const read = await readPaths(client, { keepAges });
    await client.query('commit');
    return read;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // A connection whose COPY broke off is in no state to serve the next one.
    client.release(failure);
  }
}

async function readPaths(client: PoolClient, options: { keepAges: boolean }): Promise<JourneyPaths> {
  const { rows } = await client.query<Player & PlayerWindows>(LIST_PLAYERS);
  const table = new PathTable(options);
  const players = new Map(rows.map((row): [string, Player] => [playerName(row), row]));
  for (const name of players.keys()) table.channel(name);
  const events = new PersonEvents(table, rows);
  const reader = new EventRows(events);
  for await (const chunk of client.query(copyTo(COPY_EVENTS)) as AsyncIterable<Buffer>) {
    reader.take(chunk);
    // Rows come faster than they are read: without a pause between chunks nothing else would get its turn.
    await nextTurn();
  }
  reader.finish();
  return { players, paths: table.paths(), converted: events.converted, lost: events.lost };
}
