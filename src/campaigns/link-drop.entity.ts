import { defineEntity, p } from '@mikro-orm/core';
import { CampaignLink } from './campaign-link.entity.ts';
import { DROP_REASONS } from './link-click.filter.ts';

export const LinkDropSchema = defineEntity({
  name: 'LinkDrop',
  tableName: 'campaign_link_drops',
  properties: {
    linkId: () =>
      p.manyToOne(CampaignLink).mapToPk().name('link_id').deleteRule('no action').updateRule('no action').primary(),
    /** UTC. */
    day: p.date().primary(),
    reason: p.enum(DROP_REASONS).primary(),
    requests: p.integer(),
  },
});

/** How many requests of a link were not counted as clicks on one day, and why. */
export class LinkDrop extends LinkDropSchema.class {}
LinkDropSchema.setClass(LinkDrop);
