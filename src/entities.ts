import { SessionSchema } from './access/index.ts';
import {
  AllocationCounterSchema,
  AllocationSchema,
  AllocationShareSchema,
  SettledReturnSchema,
} from './allocations/index.ts';
import { AttributionCreditSchema, AttributionRunSchema } from './attribution/index.ts';
import {
  CampaignContentSchema,
  CampaignCostSchema,
  CampaignMetricsSchema,
  CampaignPartnerSchema,
  CampaignSchema,
  CampaignStepSchema,
  ConversionSchema,
  TouchpointSchema,
  VisitorLinkSchema,
} from './campaigns/index.ts';
import { ContentSchema, ContentStepSchema, LicenceSchema } from './content/index.ts';
import {
  ContractAcceptanceSchema,
  ContractPartySchema,
  ContractSchema,
  ContractStepSchema,
  ContractTermSchema,
  ContractVersionSchema,
} from './contracts/index.ts';
import { DomainSchema } from './domains/index.ts';
import { InteractionSchema } from './interactions/index.ts';
import {
  AccountSchema,
  BalanceBucketSchema,
  HoldSchema,
  HoldStepSchema,
  LedgerTransactionSchema,
  PostingSchema,
  SealSchema,
  UnsealedTransactionSchema,
  VerificationSchema,
} from './ledger/index.ts';
import {
  ChargebackSchema,
  EntitlementSchema,
  OrderItemSchema,
  OrderSchema,
  PaymentSchema,
  ProviderEventSchema,
  RefundSchema,
} from './orders/index.ts';
import { OutboxMessageSchema } from './outbox/index.ts';
import { PartnerEntrySchema } from './partner-accounts/index.ts';
import { PartnerMemberSchema, PartnerSchema, PartnerStepSchema } from './partners/index.ts';
import {
  PayoutBatchSchema,
  PayoutBatchStepSchema,
  PayoutDetailsSchema,
  PayoutExclusionSchema,
  PayoutFileSchema,
  PayoutSchema,
  PayoutStepSchema,
} from './payouts/index.ts';
import { CouponSchema, TaxRateSchema } from './pricing/index.ts';
import {
  ContentNeighboursSchema,
  ContentPopularitySchema,
  ModelPointerSchema,
  ModelVersionSchema,
} from './recommendations/index.ts';
import {
  MovementMatchSchema,
  ReconciliationExceptionSchema,
  ReconciliationExceptionStepSchema,
  ReconciliationRunSchema,
  SettledLineSchema,
  SettlementFileChunkSchema,
} from './reconciliation/index.ts';
import { ContentSearchSchema, SearchTermSchema } from './search/index.ts';
import {
  LineDisputeSchema,
  LineDisputeStepSchema,
  PeriodClosingSchema,
  StatementLineSchema,
  StatementSchema,
} from './statements/index.ts';
import { UserSchema } from './users/index.ts';

/** Every table of the product, in the order in which one may refer to another. */
export const entities = [
  DomainSchema,
  SessionSchema,
  UserSchema,
  PartnerMemberSchema,
  PartnerStepSchema,
  PartnerSchema,
  ContentStepSchema,
  ContentSchema,
  LicenceSchema,
  ContractAcceptanceSchema,
  ContractPartySchema,
  ContractStepSchema,
  ContractTermSchema,
  ContractVersionSchema,
  ContractSchema,
  CampaignContentSchema,
  CampaignCostSchema,
  CampaignMetricsSchema,
  CampaignPartnerSchema,
  CampaignStepSchema,
  CampaignSchema,
  ConversionSchema,
  TouchpointSchema,
  VisitorLinkSchema,
  AttributionCreditSchema,
  AttributionRunSchema,
  CouponSchema,
  TaxRateSchema,
  ChargebackSchema,
  EntitlementSchema,
  OrderItemSchema,
  OrderSchema,
  PaymentSchema,
  ProviderEventSchema,
  RefundSchema,
  AccountSchema,
  LedgerTransactionSchema,
  PostingSchema,
  SealSchema,
  UnsealedTransactionSchema,
  HoldStepSchema,
  HoldSchema,
  BalanceBucketSchema,
  VerificationSchema,
  PartnerEntrySchema,
  AllocationShareSchema,
  AllocationCounterSchema,
  SettledReturnSchema,
  AllocationSchema,
  PeriodClosingSchema,
  StatementLineSchema,
  StatementSchema,
  LineDisputeStepSchema,
  LineDisputeSchema,
  PayoutDetailsSchema,
  PayoutBatchSchema,
  PayoutBatchStepSchema,
  PayoutFileSchema,
  PayoutExclusionSchema,
  PayoutSchema,
  PayoutStepSchema,
  ReconciliationExceptionStepSchema,
  ReconciliationExceptionSchema,
  MovementMatchSchema,
  SettledLineSchema,
  SettlementFileChunkSchema,
  ReconciliationRunSchema,
  InteractionSchema,
  ContentNeighboursSchema,
  ContentPopularitySchema,
  ModelPointerSchema,
  ModelVersionSchema,
  ContentSearchSchema,
  SearchTermSchema,
  OutboxMessageSchema,
];
