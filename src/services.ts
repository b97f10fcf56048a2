import { AccessService } from './access/index.ts';
import {
  AdvanceService,
  AllocationService,
  GuaranteeService,
  SplitSimulator,
  VersionComparer,
} from './allocations/index.ts';
import {
  AttributionReportService,
  AttributionRunService,
  AttributionService,
  RemovalEffectService,
} from './attribution/index.ts';
import {
  CampaignCostService,
  CampaignCouponService,
  CampaignCreativeService,
  CampaignLinkService,
  CampaignMetricsService,
  CampaignPlanService,
  CampaignService,
  CampaignTaskService,
  ConversionService,
  LinkVisitService,
  TouchpointService,
} from './campaigns/index.ts';
import { ContentLifecycleService, ContentService, ContentSupplyService } from './content/index.ts';
import { ContractLifecycleService, ContractService } from './contracts/index.ts';
import { DomainService } from './domains/index.ts';
import { ImportService } from './imports/index.ts';
import { InteractionService } from './interactions/index.ts';
import { LedgerAccountService, LedgerService, LedgerVerificationService } from './ledger/index.ts';
import {
  ChargebackService,
  type DeliverWebhook,
  deliverByHttp,
  EntitlementService,
  Fulfilment,
  OrderCancellationService,
  OrderPlacementService,
  OrderService,
  PaymentProviders,
  PaymentService,
  RefundService,
  SandboxDisputeService,
  SandboxProvider,
  WebhookService,
} from './orders/index.ts';
import { OutboxService } from './outbox/index.ts';
import { PartnerAccountService } from './partner-accounts/index.ts';
import { PartnerChoiceService } from './partner-choice/index.ts';
import { PartnerMemberService, PartnerService } from './partners/index.ts';
import {
  PayableService,
  PayoutBatchService,
  PayoutDetailsService,
  PayoutProposalService,
  PayoutResultService,
  PayoutService,
} from './payouts/index.ts';
import type { Platform } from './platform/platform.ts';
import { ConsentService, PartnerBlockService } from './preferences/index.ts';
import { CouponService, TaxRateService } from './pricing/index.ts';
import {
  FeedService,
  ModelService,
  RankerService,
  Shelf,
  SimilarContentService,
  SimilarityService,
  TextPlacementService,
} from './recommendations/index.ts';
import { ReconciliationExceptionService, ReconciliationService } from './reconciliation/index.ts';
import { SearchIndexService, SearchService } from './search/index.ts';
import { LineDisputeService, StatementFileService, StatementService, statementAudit } from './statements/index.ts';
import { UserService } from './users/index.ts';

/** Every use case of the product, wired once. */
export interface Services {
  readonly outbox: OutboxService;
  readonly users: UserService;
  readonly access: AccessService;
  readonly domains: DomainService;
  readonly partners: PartnerService;
  readonly partnerMembers: PartnerMemberService;
  readonly partnerChoice: PartnerChoiceService;
  readonly consents: ConsentService;
  readonly partnerBlocks: PartnerBlockService;
  readonly contents: ContentService;
  readonly contentSupply: ContentSupplyService;
  readonly contentLifecycle: ContentLifecycleService;
  readonly interactions: InteractionService;
  readonly similarity: SimilarityService;
  readonly ranker: RankerService;
  readonly models: ModelService;
  readonly textPlacement: TextPlacementService;
  readonly feed: FeedService;
  readonly similarContents: SimilarContentService;
  readonly search: SearchService;
  readonly searchIndex: SearchIndexService;
  readonly campaigns: CampaignService;
  readonly campaignPlans: CampaignPlanService;
  readonly campaignTasks: CampaignTaskService;
  readonly campaignCoupons: CampaignCouponService;
  readonly campaignCreatives: CampaignCreativeService;
  readonly campaignLinks: CampaignLinkService;
  readonly linkVisits: LinkVisitService;
  readonly campaignCosts: CampaignCostService;
  readonly campaignMetrics: CampaignMetricsService;
  readonly touchpoints: TouchpointService;
  readonly conversions: ConversionService;
  readonly attribution: AttributionService;
  readonly attributionRuns: AttributionRunService;
  readonly attributionReports: AttributionReportService;
  readonly removalEffects: RemovalEffectService;
  readonly entitlements: EntitlementService;
  readonly orders: OrderService;
  readonly orderPlacement: OrderPlacementService;
  readonly payments: PaymentService;
  readonly refunds: RefundService;
  readonly chargebacks: ChargebackService;
  readonly orderCancellation: OrderCancellationService;
  readonly sandboxDisputes: SandboxDisputeService;
  readonly coupons: CouponService;
  readonly taxRates: TaxRateService;
  readonly webhooks: WebhookService;
  readonly contracts: ContractService;
  readonly contractLifecycle: ContractLifecycleService;
  readonly ledger: LedgerService;
  readonly ledgerAccounts: LedgerAccountService;
  readonly ledgerVerification: LedgerVerificationService;
  readonly partnerAccounts: PartnerAccountService;
  readonly allocations: AllocationService;
  readonly advances: AdvanceService;
  readonly guarantees: GuaranteeService;
  readonly splitSimulator: SplitSimulator;
  readonly versionComparer: VersionComparer;
  readonly statements: StatementService;
  readonly statementFiles: StatementFileService;
  readonly lineDisputes: LineDisputeService;
  readonly payables: PayableService;
  readonly payouts: PayoutService;
  readonly payoutDetails: PayoutDetailsService;
  readonly payoutProposals: PayoutProposalService;
  readonly payoutBatches: PayoutBatchService;
  readonly payoutResults: PayoutResultService;
  readonly reconciliation: ReconciliationService;
  readonly reconciliationExceptions: ReconciliationExceptionService;
  readonly imports: ImportService;
}

/** What services reach outside of the database. Tests give their own. */
export interface Adapters {
  /** How the sandbox payment provider delivers its webhooks. */
  readonly deliverWebhook?: DeliverWebhook;
}

export function createServices(platform: Platform, adapters: Adapters = {}): Services {
  const outbox = new OutboxService(platform);
  const users = new UserService(platform);
  const access = new AccessService(platform, users);
  const domains = new DomainService(platform);
  const partners = new PartnerService(platform);
  const partnerMembers = new PartnerMemberService(platform, users);
  const consents = new ConsentService(platform);
  const partnerBlocks = new PartnerBlockService(platform);
  const contents = new ContentService(platform);
  const contentSupply = new ContentSupplyService(platform);
  const contentLifecycle = new ContentLifecycleService(platform, outbox);
  const interactions = new InteractionService(platform);
  const similarity = new SimilarityService(platform, outbox);
  const search = new SearchService(platform);
  const shelf = new Shelf(platform);
  const feed = new FeedService(platform, { shelf, search });
  const similarContents = new SimilarContentService(platform, shelf);
  const campaigns = new CampaignService(platform, outbox);
  const conversions = new ConversionService(platform, outbox);
  const attribution = new AttributionService(platform);
  const sandbox = createSandbox(platform, adapters);
  const providers = new PaymentProviders([sandbox]);
  const entitlements = new EntitlementService(platform, interactions);
  const fulfilment = new Fulfilment({ outbox, entitlements, conversions });
  const coupons = new CouponService(platform);
  const campaignCoupons = new CampaignCouponService(platform, outbox);
  const orderPlacement = new OrderPlacementService(platform, {
    outbox,
    entitlements,
    providers,
    coupons,
    campaignCoupons,
  });
  const orderCancellation = new OrderCancellationService(platform);
  const refunds = new RefundService(platform, { outbox, fulfilment, providers });
  const payments = new PaymentService(platform, { fulfilment, refunds, providers });
  const chargebacks = new ChargebackService(platform, { outbox, refunds });
  const sandboxDisputes = new SandboxDisputeService(platform, sandbox);
  const webhooks = new WebhookService(platform, { payments, refunds, chargebacks, providers });
  const contracts = new ContractService(platform);
  const contractLifecycle = new ContractLifecycleService(platform, outbox);
  const ledger = new LedgerService(platform, outbox);
  const partnerAccounts = new PartnerAccountService(platform, ledger);
  const allocations = new AllocationService(platform, { ledger, partnerAccounts, attribution });
  const advances = new AdvanceService(platform, partnerAccounts);
  const guarantees = new GuaranteeService(partnerAccounts);
  const versionComparer = new VersionComparer(platform, attribution);
  const statements = new StatementService(platform, { outbox, guarantees });
  const statementFiles = new StatementFileService(platform, statements);
  const lineDisputes = new LineDisputeService(platform, partnerAccounts);
  const payoutResults = new PayoutResultService(platform, { ledger, partnerAccounts });
  const ledgerVerification = new LedgerVerificationService(platform, { outbox, audits: [statementAudit] });
  const reconciliation = new ReconciliationService(platform, { outbox, ledger });
  const reconciliationExceptions = new ReconciliationExceptionService(platform, ledger);
  const imports = new ImportService(platform, { outbox, interactions, conversions });
  return {
    outbox,
    users,
    access,
    domains,
    partners,
    partnerMembers,
    partnerChoice: new PartnerChoiceService(platform),
    consents,
    partnerBlocks,
    contents,
    contentSupply,
    contentLifecycle,
    interactions,
    similarity,
    ranker: new RankerService(platform, outbox),
    models: new ModelService(platform, outbox),
    textPlacement: new TextPlacementService(platform),
    feed,
    similarContents,
    search,
    searchIndex: new SearchIndexService(platform),
    campaigns,
    campaignPlans: new CampaignPlanService(platform),
    campaignTasks: new CampaignTaskService(platform),
    campaignCoupons,
    campaignCreatives: new CampaignCreativeService(platform),
    campaignLinks: new CampaignLinkService(platform),
    linkVisits: new LinkVisitService(platform, outbox),
    campaignCosts: new CampaignCostService(platform, outbox),
    campaignMetrics: new CampaignMetricsService(platform),
    touchpoints: new TouchpointService(platform, outbox),
    conversions,
    attribution,
    attributionReports: new AttributionReportService(platform),
    attributionRuns: new AttributionRunService(platform, campaigns),
    removalEffects: new RemovalEffectService(platform, outbox),
    entitlements,
    orders: new OrderService(platform),
    orderPlacement,
    payments,
    refunds,
    chargebacks,
    orderCancellation,
    sandboxDisputes,
    coupons,
    taxRates: new TaxRateService(platform),
    webhooks,
    contracts,
    contractLifecycle,
    ledger,
    ledgerAccounts: new LedgerAccountService(platform),
    ledgerVerification,
    partnerAccounts,
    allocations,
    advances,
    guarantees,
    splitSimulator: new SplitSimulator(platform),
    versionComparer,
    statements,
    statementFiles,
    lineDisputes,
    payables: new PayableService(platform),
    payouts: new PayoutService(platform),
    payoutDetails: new PayoutDetailsService(platform),
    payoutProposals: new PayoutProposalService(platform, ledger),
    payoutBatches: new PayoutBatchService(platform, ledger),
    payoutResults,
    reconciliation,
    reconciliationExceptions,
    imports,
  };
}

function createSandbox({ clock, config }: Platform, { deliverWebhook }: Adapters): SandboxProvider {
  const deliver = deliverWebhook ?? deliverByHttp(config.paymentWebhookUrl);
  return new SandboxProvider({ clock, secret: config.paymentWebhookSecret, deliver });
}
