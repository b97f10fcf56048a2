import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { AccessResolver } from './access/access.resolver.ts';
import { PartyComparisonResolver, VersionComparisonResolver } from './allocations/comparison.resolver.ts';
import { SplitResolver } from './allocations/split.resolver.ts';
import { AttributionRowResolver, CampaignAttributionResolver } from './attribution/attribution.resolver.ts';
import { AttributionReportResolver } from './attribution/attribution-report.resolver.ts';
import { AttributionChangeResolver, AttributionRunResolver } from './attribution/attribution-run.resolver.ts';
import { RemovalEffectResolver } from './attribution/removal-effect.resolver.ts';
import { CampaignPartnerResolver, CampaignResolver } from './campaigns/campaign.resolver.ts';
import { CampaignCouponFieldsResolver, CampaignCouponResolver } from './campaigns/campaign-coupon.resolver.ts';
import { CampaignCreativeFieldsResolver, CampaignCreativeResolver } from './campaigns/campaign-creative.resolver.ts';
import { CampaignBreakdownRowResolver, CampaignFiguresResolver } from './campaigns/campaign-figures.resolver.ts';
import { CampaignLinkFieldsResolver, CampaignLinkResolver } from './campaigns/campaign-link.resolver.ts';
import { CampaignMutationsResolver } from './campaigns/campaign-mutations.resolver.ts';
import {
  CampaignApprovalResolver,
  CampaignBudgetShareResolver,
  CampaignPlanResolver,
} from './campaigns/campaign-plan.resolver.ts';
import { CampaignTaskFieldsResolver, CampaignTaskResolver } from './campaigns/campaign-task.resolver.ts';
import { EventResolver } from './campaigns/event.resolver.ts';
import { ContentResolver } from './content/content.resolver.ts';
import { ContentMutationsResolver } from './content/content-mutations.resolver.ts';
import { ContractResolver } from './contracts/contract.resolver.ts';
import { ContractMutationsResolver } from './contracts/contract-mutations.resolver.ts';
import {
  ContractAcceptanceResolver,
  ContractInForceResolver,
  ContractPartyResolver,
  ContractTermResolver,
  ContractVersionResolver,
} from './contracts/contract-parts.resolver.ts';
import { ContractSignaturesResolver } from './contracts/contract-signatures.resolver.ts';
import { DomainResolver } from './domains/domain.resolver.ts';
import { InteractionResolver } from './interactions/interaction.resolver.ts';
import { JobResolver } from './jobs/job.resolver.ts';
import { LedgerAccountResolver } from './ledger/ledger-account.resolver.ts';
import { LedgerVerificationResolver } from './ledger/ledger-verification.resolver.ts';
import { ChargebackResolver } from './orders/chargeback.resolver.ts';
import { OrderItemResolver, OrderResolver } from './orders/order.resolver.ts';
import { OrderMoneyResolver, PaymentResolver } from './orders/order-money.resolver.ts';
import {
  ContentOwnershipResolver,
  EntitlementResolver,
  ViewerOrdersResolver,
} from './orders/viewer-orders.resolver.ts';
import {
  PartnerEffectPartResolver,
  PartnerEffectResolver,
  PartnerRankingResolver,
  RankedPartnerResolver,
  UnrankedPartnerResolver,
} from './partner-choice/partner-choice.resolver.ts';
import { PartnerResolver, ViewerPartnersResolver } from './partners/partner.resolver.ts';
import { PartnerMutationsResolver } from './partners/partner-mutations.resolver.ts';
import { PayableResolver } from './payouts/payable.resolver.ts';
import { PayoutResolver } from './payouts/payout.resolver.ts';
import { PayoutBatchResolver, PayoutExclusionResolver } from './payouts/payout-batch.resolver.ts';
import { PayoutMutationsResolver } from './payouts/payout-mutations.resolver.ts';
import { ConsentResolver } from './preferences/consent.resolver.ts';
import {
  BlockedPartnerResolver,
  PartnerBlockResolver,
  ViewerBlocksResolver,
} from './preferences/partner-block.resolver.ts';
import { CouponResolver } from './pricing/coupon.resolver.ts';
import { TaxRateResolver } from './pricing/tax-rate.resolver.ts';
import {
  FeedContributionResolver,
  FeedItemResolver,
  FeedReasonResolver,
  FeedResolver,
  SimilarContentResolver,
} from './recommendations/feed.resolver.ts';
import { ModelResolver } from './recommendations/model.resolver.ts';
import { ReconciliationExceptionResolver } from './reconciliation/reconciliation-exception.resolver.ts';
import { ReconciliationMutationsResolver } from './reconciliation/reconciliation-mutations.resolver.ts';
import { ReconciliationRunResolver } from './reconciliation/reconciliation-run.resolver.ts';
import { SearchHitResolver, SearchResolver } from './search/search.resolver.ts';
import { DateTimeISO } from './shared/date-time.scalar.ts';
import { NodeResolver } from './shared/node.resolver.ts';
import { LineDisputeResolver } from './statements/line-dispute.resolver.ts';
import { StatementResolver } from './statements/statement.resolver.ts';
import { StatementDownloadResolver } from './statements/statement-download.resolver.ts';
import { StatementLineResolver } from './statements/statement-line.resolver.ts';
import { TracedOrderResolver, TracedTouchpointResolver } from './statements/trace.resolver.ts';
import { ProfileResolver } from './users/profile.resolver.ts';
import { ViewerResolver } from './users/viewer.resolver.ts';

const resolvers = [
  AccessResolver,
  ViewerResolver,
  ProfileResolver,
  ConsentResolver,
  InteractionResolver,
  NodeResolver,
  JobResolver,
  DomainResolver,
  PartnerResolver,
  ViewerPartnersResolver,
  PartnerMutationsResolver,
  PartnerRankingResolver,
  RankedPartnerResolver,
  UnrankedPartnerResolver,
  PartnerEffectResolver,
  PartnerEffectPartResolver,
  ViewerBlocksResolver,
  PartnerBlockResolver,
  BlockedPartnerResolver,
  ContentResolver,
  ContentMutationsResolver,
  ContentOwnershipResolver,
  OrderResolver,
  OrderItemResolver,
  OrderMoneyResolver,
  PaymentResolver,
  ChargebackResolver,
  CouponResolver,
  TaxRateResolver,
  EntitlementResolver,
  ViewerOrdersResolver,
  FeedResolver,
  FeedContributionResolver,
  ModelResolver,
  FeedItemResolver,
  FeedReasonResolver,
  SimilarContentResolver,
  SearchResolver,
  SearchHitResolver,
  CampaignResolver,
  CampaignPartnerResolver,
  CampaignFiguresResolver,
  CampaignBreakdownRowResolver,
  CampaignMutationsResolver,
  CampaignPlanResolver,
  CampaignApprovalResolver,
  CampaignBudgetShareResolver,
  CampaignTaskResolver,
  CampaignTaskFieldsResolver,
  CampaignCreativeResolver,
  CampaignCreativeFieldsResolver,
  CampaignLinkResolver,
  CampaignLinkFieldsResolver,
  CampaignCouponResolver,
  CampaignCouponFieldsResolver,
  EventResolver,
  CampaignAttributionResolver,
  AttributionRowResolver,
  AttributionRunResolver,
  AttributionChangeResolver,
  AttributionReportResolver,
  RemovalEffectResolver,
  ContractResolver,
  ContractMutationsResolver,
  ContractSignaturesResolver,
  ContractInForceResolver,
  ContractPartyResolver,
  ContractVersionResolver,
  ContractTermResolver,
  ContractAcceptanceResolver,
  SplitResolver,
  VersionComparisonResolver,
  PartyComparisonResolver,
  LedgerAccountResolver,
  LedgerVerificationResolver,
  StatementResolver,
  StatementDownloadResolver,
  StatementLineResolver,
  LineDisputeResolver,
  TracedOrderResolver,
  TracedTouchpointResolver,
  PayableResolver,
  PayoutResolver,
  PayoutBatchResolver,
  PayoutExclusionResolver,
  PayoutMutationsResolver,
  ReconciliationRunResolver,
  ReconciliationExceptionResolver,
  ReconciliationMutationsResolver,
] as const;

let built: Promise<GraphQLSchema> | undefined;

/**
 * The whole API, built once a process: it depends on nothing. Inputs are checked by the services, which know what a
 * value means.
 */
export function createGraphqlSchema(): Promise<GraphQLSchema> {
  built ??= buildSchema({ resolvers, validate: false, scalarsMap: [{ type: Date, scalar: DateTimeISO }] });
  return built;
}
