export { type CreateCampaignInput, MAX_CONTENTS, MAX_WINDOW_DAYS, type Participant } from './campaign.checks.ts';
export { Campaign, CampaignSchema, CHANNELS, type Channel } from './campaign.entity.ts';
export { CampaignOverError } from './campaign.errors.ts';
export {
  type CampaignContentRow,
  type CampaignPartnerRow,
  type CampaignRow,
  type CampaignStepRow,
  findCampaignContents,
  findCampaignPartners,
  findCampaignSteps,
  findCampaignsByIds,
  type PartnerScope,
} from './campaign.queries.ts';
export { CampaignService, viewScope } from './campaign.service.ts';
export { CAMPAIGN_STATES, type CampaignState } from './campaign.state.ts';
export { CampaignContent, CampaignContentSchema } from './campaign-content.entity.ts';
export { CampaignCost, CampaignCostSchema } from './campaign-cost.entity.ts';
export { type CampaignCostInput, CampaignCostService } from './campaign-cost.service.ts';
export { CampaignMetrics, CampaignMetricsSchema } from './campaign-metrics.entity.ts';
export {
  BREAKDOWNS,
  type Breakdown,
  type BreakdownRow,
  findBreakdown,
  findMetrics,
  type MetricsRow,
  type MetricsSums,
} from './campaign-metrics.queries.ts';
export { CampaignMetricsService } from './campaign-metrics.service.ts';
export {
  CAMPAIGN_ROLES,
  CampaignPartner,
  CampaignPartnerSchema,
  type CampaignRole,
} from './campaign-partner.entity.ts';
export { CampaignStep, CampaignStepSchema } from './campaign-step.entity.ts';
export { CONVERSION_KINDS, Conversion, type ConversionKind, ConversionSchema } from './conversion.entity.ts';
export { ConversionService, type Purchase } from './conversion.service.ts';
export type { ConversionEvent } from './conversion-event.ts';
export {
  EVENT_REFUSALS,
  type EventRefusal,
  MAX_EVENTS,
  type RecordedEvents,
  type RefusedEvent,
} from './event-intake.ts';
export {
  findConversionsInReach,
  findConversionsOfOrders,
  findJourneyEvents,
  type JourneyConversion,
  type JourneyEvents,
  type JourneyTouch,
} from './journey.queries.ts';
export { type MetricsRates, ratesOf, sumMetrics } from './metrics-rates.ts';
export { checkSpan, GRANULARITIES, type Granularity, MAX_SPAN_DAYS, type MetricsSpan } from './metrics-span.ts';
export { TOUCH_KINDS, type TouchKind, Touchpoint, TouchpointSchema } from './touchpoint.entity.ts';
export { type TouchpointEvent, TouchpointService } from './touchpoint.service.ts';
export { VisitorLink, VisitorLinkSchema } from './visitor-link.entity.ts';
