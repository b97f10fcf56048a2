import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import type { PageRequest } from '../shared/page.ts';
import type { Channel } from './campaign.entity.ts';
import type { CampaignCoupon } from './campaign-coupon.entity.ts';
import { findPartPages } from './campaign-parts.queries.ts';

export interface CampaignCouponRow {
  readonly id: string;
  readonly campaignId: string;
  readonly partnerId: string;
  readonly channel: Channel;
  readonly code: string;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly maxUses: number | null;
  readonly createdAt: Date;
}

/** A page of each campaign's coupons, newest first. */
export function findCouponPages(
  database: Database,
  asked: { campaignIds: readonly string[]; request: PageRequest },
): Promise<CampaignCouponRow[]> {
  return findPartPages(database, asked, {
    table: 'campaign_coupons',
    columns: sql`part.id, part.campaign_id as "campaignId", part.partner_id as "partnerId", part.channel, part.code,
      part.valid_from as "validFrom", part.valid_until as "validUntil", part.max_uses as "maxUses",
      part.created_at as "createdAt"`,
    at: 'created_at',
    direction: 'desc',
  });
}

export function toCouponRow(coupon: CampaignCoupon): CampaignCouponRow {
  const { id, campaignId, partnerId, channel, code, validFrom, createdAt } = coupon;
  const { validUntil = null, maxUses = null } = coupon;
  return { id, campaignId, partnerId, channel, code, validFrom, validUntil, maxUses, createdAt };
}
