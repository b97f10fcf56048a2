import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import type { PageRequest } from '../shared/page.ts';
import type { Channel } from './campaign.entity.ts';
import type { CampaignCreative } from './campaign-creative.entity.ts';
import type { CreativeState } from './campaign-creative.state.ts';
import { findPartPages } from './campaign-parts.queries.ts';

export interface CreativeRow {
  readonly id: string;
  readonly campaignId: string;
  readonly partnerId: string;
  readonly channel: Channel;
  readonly language: string;
  readonly title: string;
  readonly body: string;
  readonly imageUrl: string | null;
  readonly state: CreativeState;
  readonly createdAt: Date;
}

const columns = sql`part.id, part.campaign_id as "campaignId", part.partner_id as "partnerId", part.channel,
  part.language, part.title, part.body, part.image_url as "imageUrl", part.state, part.created_at as "createdAt"`;

/** A page of each campaign's creatives, newest first. @param asked `channel`: that one alone; null for all */
export function findCreativePages(
  database: Database,
  { channel, ...asked }: { campaignIds: readonly string[]; request: PageRequest; channel: Channel | null },
): Promise<CreativeRow[]> {
  return findPartPages(database, asked, {
    table: 'campaign_creatives',
    columns,
    at: 'created_at',
    direction: 'desc',
    where: channel === null ? sql`true` : sql`part.channel = ${channel}`,
  });
}

export async function findCreativesByIds(database: Database, ids: readonly string[]): Promise<CreativeRow[]> {
  const { rows } = await sql<CreativeRow>`
    select ${columns} from campaign_creatives part where part.id = any(${ids}::uuid[])`.execute(database.read());
  return rows;
}

export function toCreativeRow(creative: CampaignCreative): CreativeRow {
  const { id, campaignId, partnerId, channel, language, title, body, imageUrl = null, state, createdAt } = creative;
  return { id, campaignId, partnerId, channel, language, title, body, imageUrl, state, createdAt };
}
