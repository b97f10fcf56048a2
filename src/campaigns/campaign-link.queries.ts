import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import type { PageRequest } from '../shared/page.ts';
import type { Channel } from './campaign.entity.ts';
import type { CampaignState } from './campaign.state.ts';
import { findPartPages } from './campaign-parts.queries.ts';
import type { DropReason } from './link-click.filter.ts';

export interface LinkRow {
  readonly id: string;
  readonly campaignId: string;
  readonly partnerId: string;
  readonly channel: Channel;
  readonly creativeId: string | null;
  readonly code: string;
  readonly target: string;
  readonly destination: string;
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
}

/** What decides where a code leads, and whether that counts. */
export interface OpenedLink {
  readonly id: string;
  readonly destination: string;
  readonly expiresAt: Date | null;
  readonly state: CampaignState;
  readonly endsAt: Date;
}

/** What came of a link: clicks, and for each reason the requests that were none. */
export interface LinkFiguresRow {
  readonly linkId: string;
  readonly clicks: number;
  readonly visitors: number;
  readonly dropped: readonly { readonly reason: DropReason; readonly requests: number }[];
}

/** A page of each campaign's links, newest first. */
export function findLinkPages(
  database: Database,
  asked: { campaignIds: readonly string[]; request: PageRequest },
): Promise<LinkRow[]> {
  return findPartPages(database, asked, {
    table: 'campaign_links',
    columns: sql`part.id, part.campaign_id as "campaignId", part.partner_id as "partnerId", part.channel,
      part.creative_id as "creativeId", part.code, part.target, part.destination, part.expires_at as "expiresAt",
      part.created_at as "createdAt"`,
    at: 'created_at',
    direction: 'desc',
  });
}

export async function findLinkByCode(database: Database, code: string): Promise<OpenedLink | null> {
  const { rows } = await sql<OpenedLink>`
    select link.id, link.destination, link.expires_at as "expiresAt", campaign.state, campaign.ends_at as "endsAt"
    from campaign_links link join campaigns campaign on campaign.id = link.campaign_id
    where link.code = ${code}`.execute(database.read());
  return rows[0] ?? null;
}

export async function findLinkFigures(database: Database, linkIds: readonly string[]): Promise<LinkFiguresRow[]> {
  const { rows } = await sql<LinkFiguresRow>`
    select link.id as "linkId",
      (select coalesce(sum(clicks), 0)::int from campaign_link_visits visit where visit.link_id = link.id) as clicks,
      (select count(*)::int from campaign_link_visits visit where visit.link_id = link.id) as visitors,
      (select coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'requests', requests) order by reason), '[]')
       from (select reason, sum(requests) as requests from campaign_link_drops told
             where told.link_id = link.id group by reason) by_reason) as dropped
    from campaign_links link where link.id = any(${linkIds}::uuid[])`.execute(database.read());
  return rows;
}
