import type { TermProposal } from '../../src/contracts/index.ts';
import type { MemberRole, Role } from '../../src/shared/actor.ts';

export type ContentKind =
  | 'COURSE'
  | 'BOOK'
  | 'LECTURE'
  | 'ARTICLE'
  | 'VIDEO'
  | 'PRODUCT'
  | 'EVENT'
  | 'CAREER_SERVICE'
  | 'FINANCIAL_PRODUCT';
export type ModuleCode = 'COURSE' | 'COMMERCE' | 'ENTERTAINMENT' | 'COMMUNITY' | 'CAREER' | 'FINANCE';
export type Level = 'BEGINNER' | 'INTERMEDIATE' | 'ADVANCED';
export type ContentStatus = 'DRAFT' | 'SUBMITTED' | 'PUBLISHED' | 'WITHDRAWN';
export type PartnerKind =
  | 'SCHOOL'
  | 'TRAINING_FIRM'
  | 'PUBLISHER'
  | 'MEDIA'
  | 'GYM'
  | 'TRAVEL_AGENCY'
  | 'BANK'
  | 'SHOP'
  | 'ENTERTAINMENT'
  | 'COMMUNITY';
export type PartnerStatus = 'APPLIED' | 'SCREENING' | 'APPROVED' | 'ACTIVE' | 'SUSPENDED';
export type CampaignStatus = 'DRAFT' | 'PLANNED' | 'LIVE' | 'PAUSED' | 'ENDED';
export type CampaignPartnerRole = 'LEAD' | 'CONTENT' | 'AUDIENCE';
export type Channel = 'EMAIL' | 'SOCIAL' | 'SMS' | 'PUSH' | 'SEARCH' | 'DISPLAY' | 'PARTNER_SITE' | 'OFFLINE';
export type PoolAttributionModel = 'LAST_TOUCH' | 'LINEAR';

/** `key` is the readable name that `id` is derived from; it is unique within its kind of thing. */
export interface Named {
  readonly id: string;
  readonly key: string;
}

/** One step of a lifecycle. `from` is null for the first. */
export interface DemoTransition<State extends string> {
  readonly from: State | null;
  readonly to: State;
  readonly at: Date;
  readonly byUserId: string;
  readonly reason: string;
}

export interface DemoDomain extends Named {
  readonly code: string;
  readonly nameEn: string;
  readonly nameZh: string;
}

export interface DemoMember {
  readonly userId: string;
  readonly role: MemberRole;
  readonly since: Date;
}

/** Self-reported figures and the platform's rating of them; ratings and rates are in [0, 1]. */
export interface DemoAudience {
  readonly followers: number;
  readonly monthlyActive: number;
  readonly largestAgeBand: string;
  readonly brandInfluence: number;
  readonly marketPerformance: number;
  readonly interactionRate: number;
  readonly socialImpact: number;
}

export interface DemoPartner extends Named {
  readonly name: string;
  readonly nameEn: string;
  readonly kind: PartnerKind;
  readonly domainId: string;
  readonly country: string;
  readonly website: string;
  readonly description: string;
  readonly audience: DemoAudience;
  readonly status: PartnerStatus;
  /** Ordered by time; the last one led to `status`. */
  readonly transitions: readonly DemoTransition<PartnerStatus>[];
  readonly members: readonly DemoMember[];
  readonly createdAt: Date;
}

export interface DemoLicence {
  readonly id: string;
  /** ISO 3166-1 alpha-2 codes, or `['*']` for everywhere. */
  readonly territory: readonly string[];
  readonly exclusive: boolean;
  readonly validFrom: Date;
  /** First moment at which it no longer holds; null for no end. */
  readonly validUntil: Date | null;
}

export interface DemoContent extends Named {
  readonly partnerId: string;
  readonly domainId: string;
  readonly module: ModuleCode;
  readonly kind: ContentKind;
  readonly title: string;
  readonly author: string;
  readonly description: string;
  readonly keywords: readonly string[];
  /** BCP 47. */
  readonly language: string;
  readonly level: Level;
  readonly priceMinor: bigint;
  readonly currency: string;
  readonly durationMinutes: number;
  readonly licence: DemoLicence;
  readonly status: ContentStatus;
  readonly createdAt: Date;
  /** Null when it never was published. */
  readonly publishedAt: Date | null;
  /** Null unless the status is WITHDRAWN. */
  readonly withdrawnAt: Date | null;
}

export interface DemoUser extends Named {
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  /** BCP 47. */
  readonly locale: string;
  readonly country: string;
  readonly birthYear: number;
  readonly occupation: string;
  /** Domain codes, strongest interest first. */
  readonly interests: readonly string[];
  readonly goals: readonly string[];
  readonly createdAt: Date;
  /** Logs in with the scenario's password; the others have no password at all. */
  readonly canLogIn: boolean;
}

/** A clause as it could be proposed. */
export type DemoTerm = TermProposal & { readonly id: string };

export interface DemoAcceptance {
  /** Null when the platform accepted. */
  readonly partnerId: string | null;
  readonly byUserId: string;
  readonly at: Date;
}

export interface DemoContractVersion {
  readonly id: string;
  readonly number: number;
  readonly proposedAt: Date;
  readonly acceptances: readonly DemoAcceptance[];
  readonly effectiveFrom: Date;
  readonly note: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly roundingRule: 'LARGEST_REMAINDER';
  readonly holdDays: number;
  readonly payoutMinimumMinor: bigint;
  /** How the campaign pool is shared; null when no term feeds one. */
  readonly attributionModel: PoolAttributionModel | null;
  readonly terms: readonly DemoTerm[];
}

export interface DemoContract extends Named {
  readonly title: string;
  readonly titleEn: string;
  readonly status: 'ACTIVE';
  /** The partners that sign; the platform is always a party beside them. */
  readonly partyIds: readonly string[];
  /** Covers every content of these partners. No partner is in the scope of two contracts. */
  readonly scope: { readonly kind: 'OWNERS'; readonly partnerIds: readonly string[] };
  readonly createdAt: Date;
  /** Ordered by number; each supersedes the one before from its effective date on. */
  readonly versions: readonly DemoContractVersion[];
}

export interface DemoCampaignPartner {
  readonly partnerId: string;
  readonly role: CampaignPartnerRole;
  readonly task: string;
  readonly channels: readonly Channel[];
}

export interface DemoCampaign extends Named {
  readonly name: string;
  readonly nameEn: string;
  readonly goal: string;
  readonly status: CampaignStatus;
  readonly leadPartnerId: string;
  /** Includes the lead. */
  readonly partners: readonly DemoCampaignPartner[];
  readonly channels: readonly Channel[];
  readonly contentIds: readonly string[];
  readonly budgetMinor: bigint;
  readonly currency: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Of clicks and visits. */
  readonly attributionWindowDays: number;
  /** Of impressions; 0 when they earn nothing. */
  readonly viewWindowDays: number;
  readonly transitions: readonly DemoTransition<CampaignStatus>[];
  readonly createdAt: Date;
}

/** What one partner's use of one channel cost on one calendar day in the scenario's time zone. */
export interface DemoCampaignCost {
  readonly id: string;
  readonly campaignId: string;
  readonly partnerId: string;
  readonly channel: Channel;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}
