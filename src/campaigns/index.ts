export { Campaign, CampaignSchema, CHANNELS, type Channel } from './campaign.entity.ts';
export { CAMPAIGN_STATES, type CampaignState } from './campaign.state.ts';
export { CampaignContent, CampaignContentSchema } from './campaign-content.entity.ts';
export { CampaignCost, CampaignCostSchema } from './campaign-cost.entity.ts';
export { CampaignMetrics, CampaignMetricsSchema } from './campaign-metrics.entity.ts';
export { CAMPAIGN_ROLES, CampaignPartner, CampaignPartnerSchema } from './campaign-partner.entity.ts';
export { CampaignStep, CampaignStepSchema } from './campaign-step.entity.ts';
export { CONVERSION_KINDS, Conversion, type ConversionKind, ConversionSchema } from './conversion.entity.ts';
export { ConversionService, type Purchase } from './conversion.service.ts';
export {
  findConversionsInReach,
  findConversionsOfOrders,
  findJourneyEvents,
  type JourneyConversion,
  type JourneyEvents,
  type JourneyTouch,
} from './journey.queries.ts';
export { TOUCH_KINDS, type TouchKind, Touchpoint, TouchpointSchema } from './touchpoint.entity.ts';
export { VisitorLink, VisitorLinkSchema } from './visitor-link.entity.ts';
