import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { CampaignLink } from './campaign-link.entity.ts';

export const LinkVisitSchema = defineEntity({
  name: 'LinkVisit',
  tableName: 'campaign_link_visits',
  checks: [{ name: 'campaign_link_visits_clicks_check', expression: 'clicks > 0' }],
  properties: {
    linkId: () =>
      p.manyToOne(CampaignLink).mapToPk().name('link_id').deleteRule('no action').updateRule('no action').primary(),
    visitorId: p.text().primary(),
    /** Of the last click that counts: one soon after it is the same. */
    clickedAt: timestamp(),
    clicks: p.integer(),
  },
});

/** How often one visitor clicked on one link. */
export class LinkVisit extends LinkVisitSchema.class {}
LinkVisitSchema.setClass(LinkVisit);
