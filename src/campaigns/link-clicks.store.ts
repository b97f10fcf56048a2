import { sql } from 'kysely';
import type { OutboxService } from '../outbox/index.ts';
import { rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { system } from '../shared/actor.ts';
import { requestRecompute } from './campaign-recompute.ts';
import type { DropReason } from './link-click.filter.ts';
import { SAME_CLICK_MS } from './visitor-ids.ts';

/** One request of a link that exists. */
export interface LinkHit {
  /** That of the touchpoint, should it become one. */
  readonly id: string;
  readonly linkId: string;
  readonly visitorId: string;
  readonly at: Date;
  /** Why it is no click; null when it is one, unless the visitor's last was moments ago. */
  readonly reason: DropReason | null;
}

const LINKS = system('links');

/**
 * Keeps requests of links in one statement: clicks as touchpoints of kind CLICK, and how many of the others there were,
 * by reason. A visitor's next click on the same link within ten seconds is a duplicate: the row of link and visitor
 * decides, under its lock, also between processes. The figures of the campaigns are worked out again soon after.
 */
export async function storeHits(platform: Platform, outbox: OutboxService, hits: readonly LinkHit[]): Promise<void> {
  const { database, clock } = platform;
  await database.transaction(async (em) => {
    const { rows } = await sql<{ campaignId: string }>`
      with hits as (
        select * from jsonb_to_recordset(${JSON.stringify(hits)}::jsonb)
          as hit (id uuid, "linkId" uuid, "visitorId" text, at timestamptz, reason text)
      ), firsts as (
        select distinct on ("linkId", "visitorId") * from hits where reason is null order by "linkId", "visitorId", at, id
      ), counted as (
        insert into campaign_link_visits as visit (link_id, visitor_id, clicked_at, clicks)
        select "linkId", "visitorId", at, 1 from firsts
        on conflict (link_id, visitor_id) do update set clicked_at = excluded.clicked_at, clicks = visit.clicks + 1
          where excluded.clicked_at >= visit.clicked_at + ${SAME_CLICK_MS} * interval '1 millisecond'
        returning link_id, visitor_id
      ), clicks as (
        select firsts.* from firsts
        join counted on counted.link_id = firsts."linkId" and counted.visitor_id = firsts."visitorId"
      ), touched as (
        insert into touchpoints (id, campaign_id, partner_id, channel, kind, visitor_id, occurred_at, received_at)
        select clicks.id, link.campaign_id, link.partner_id, link.channel, 'CLICK', clicks."visitorId", clicks.at,
          ${clock.now()}::timestamptz
        from clicks join campaign_links link on link.id = clicks."linkId"
        returning campaign_id
      ), dropped as (
        insert into campaign_link_drops as told (link_id, day, reason, requests)
        select "linkId", (at at time zone 'UTC')::date as day, coalesce(reason, 'DUPLICATE') as why, count(*)
        from hits where not exists (select 1 from clicks where clicks.id = hits.id)
        group by 1, 2, 3 order by 1, 2, 3
        on conflict (link_id, day, reason) do update set requests = told.requests + excluded.requests
      )
      select distinct campaign_id as "campaignId" from touched`.execute(rowsOf(em));
    const campaignIds = rows.map(({ campaignId }) => campaignId);
    await requestRecompute(outbox, em, { campaignIds, requestedBy: LINKS });
  });
}
