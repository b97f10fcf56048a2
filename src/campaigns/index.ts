export { windowDaysOf } from './attribution-window.ts';
export { MAX_CONTENTS, MAX_WINDOW_DAYS } from './campaign.checks.ts';
export { Campaign, CampaignSchema, CHANNELS, type Channel } from './campaign.entity.ts';
export {
  CampaignNotReadyError,
  CampaignOverError,
  CampaignStateError,
  PlanChangedError,
} from './campaign.errors.ts';
export {
  type CampaignPartnerRow,
  type CampaignRow,
  type CampaignStepRow,
  findCampaignContents,
  findCampaignPartners,
  findCampaignSteps,
  findCampaignsByIds,
} from './campaign.queries.ts';
export { CampaignService } from './campaign.service.ts';
export { CAMPAIGN_STATES, type CampaignState } from './campaign.state.ts';
export { CampaignApprovalSchema } from './campaign-approval.entity.ts';
export { CampaignBudgetShareSchema } from './campaign-budget-share.entity.ts';
export { CampaignContentSchema } from './campaign-content.entity.ts';
export { CampaignCostSchema } from './campaign-cost.entity.ts';
export { CampaignCostService } from './campaign-cost.service.ts';
export { CampaignCoupon, CampaignCouponSchema } from './campaign-coupon.entity.ts';
export { type CampaignCouponRow, findCouponPages } from './campaign-coupon.queries.ts';
export { CampaignCouponService, type FoundCoupon } from './campaign-coupon.service.ts';
export { CampaignCreativeSchema } from './campaign-creative.entity.ts';
export { type CreativeRow, findCreativePages, findCreativesByIds } from './campaign-creative.queries.ts';
export { CampaignCreativeService } from './campaign-creative.service.ts';
export { CREATIVE_STATES, type CreativeState } from './campaign-creative.state.ts';
export { CampaignLinkSchema } from './campaign-link.entity.ts';
export { findLinkFigures, findLinkPages, type LinkRow } from './campaign-link.queries.ts';
export { CampaignLinkService } from './campaign-link.service.ts';
export { CampaignMetricsSchema } from './campaign-metrics.entity.ts';
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
export {
  type ApprovalRow,
  type BudgetShareRow,
  findApprovals,
  findBudgetShares,
  findPlanVersions,
  type PlanVersionRow,
} from './campaign-plan.queries.ts';
export { CampaignPlanService } from './campaign-plan.service.ts';
export { CampaignPlanVersionSchema, PLAN_PARTS, type PlanPart } from './campaign-plan-version.entity.ts';
export { CampaignStepSchema } from './campaign-step.entity.ts';
export { CampaignTaskSchema } from './campaign-task.entity.ts';
export { findTaskPages, type TaskRow } from './campaign-task.queries.ts';
export { CampaignTaskService } from './campaign-task.service.ts';
export { TASK_STATES, type TaskState } from './campaign-task.state.ts';
export { CONVERSION_KINDS, ConversionSchema } from './conversion.entity.ts';
export { ConversionService } from './conversion.service.ts';
export {
  EVENT_REFUSALS,
  type EventRefusal,
  MAX_EVENTS,
  type RecordedEvents,
} from './event-intake.ts';
export {
  findConversionsInReach,
  findConversionsOfOrders,
  findJourneyEvents,
  type JourneyConversion,
  type JourneyEvents,
  type JourneyTouch,
} from './journey.queries.ts';
export { BLOCKER_KINDS, type BlockerKind, findLaunchBlockers, type LaunchBlocker } from './launch-blockers.queries.ts';
export { DROP_REASONS, type DropReason } from './link-click.filter.ts';
export { LinkDropSchema } from './link-drop.entity.ts';
export { utmOf } from './link-target.ts';
export { LinkVisitSchema } from './link-visit.entity.ts';
export { LinkVisitService } from './link-visit.service.ts';
export { ratesOf, sumMetrics } from './metrics-rates.ts';
export { checkSpan, GRANULARITIES, type Granularity, type MetricsSpan } from './metrics-span.ts';
export { TOUCH_KINDS, type TouchKind, Touchpoint, TouchpointSchema } from './touchpoint.entity.ts';
export { TouchpointService } from './touchpoint.service.ts';
export { VisitorLinkSchema } from './visitor-link.entity.ts';
