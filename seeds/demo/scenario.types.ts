import type {
  Channel,
  DemoCampaign,
  DemoCampaignCost,
  DemoContent,
  DemoContract,
  DemoDomain,
  DemoPartner,
  DemoUser,
  Named,
} from './catalogue.types.ts';

export type * from './catalogue.types.ts';

export type TouchpointKind = 'IMPRESSION' | 'CLICK' | 'VISIT';
export type ConversionKind = 'REGISTRATION' | 'PURCHASE';
export type InteractionKind = 'VIEW' | 'PROGRESS' | 'RATE' | 'LIKE' | 'SHARE' | 'DISMISS' | 'PURCHASE';

export interface DemoTouchpoint {
  readonly id: string;
  readonly campaignId: string;
  readonly partnerId: string;
  readonly channel: Channel;
  readonly kind: TouchpointKind;
  /**
   * The person, as known today: contacts before a registration are already merged into the account. Null for those who
   * never signed up.
   */
  readonly userId: string | null;
  /** The device as it was known when the person had no account yet, or never got one; null for registered users. */
  readonly visitorId: string | null;
  /** The promoted content that the contact showed. */
  readonly contentId: string;
  readonly occurredAt: Date;
}

export interface DemoConversion {
  readonly id: string;
  readonly kind: ConversionKind;
  readonly userId: string;
  /** Set for purchases. */
  readonly orderId: string | null;
  /**
   * The campaign of the last contact inside its window, of clicks or of views (for a purchase: of a campaign that promotes an
   * ordered content); null when no campaign can claim it.
   */
  readonly campaignId: string | null;
  readonly valueMinor: bigint;
  readonly currency: string;
  readonly occurredAt: Date;
}

export interface DemoOrderItem {
  readonly id: string;
  readonly contentId: string;
  readonly quantity: 1;
  readonly unitPriceMinor: bigint;
}

export interface DemoPayment {
  readonly id: string;
  readonly provider: 'SANDBOX';
  readonly providerReference: string;
  readonly amountMinor: bigint;
  readonly paidAt: Date;
}

/** Always of the whole order. */
export interface DemoRefund {
  readonly id: string;
  readonly providerReference: string;
  readonly amountMinor: bigint;
  readonly reason: string;
  readonly refundedAt: Date;
}

export interface DemoOrder extends Named {
  readonly number: string;
  readonly userId: string;
  readonly status: 'PAID' | 'REFUNDED';
  readonly items: readonly DemoOrderItem[];
  readonly totalMinor: bigint;
  readonly currency: string;
  readonly placedAt: Date;
  readonly payment: DemoPayment;
  readonly refund: DemoRefund | null;
}

export interface DemoInteraction {
  readonly id: string;
  readonly userId: string;
  readonly contentId: string;
  readonly kind: InteractionKind;
  /** PROGRESS: completed part in (0, 1]; RATE: stars 1 to 5; null for the others. */
  readonly value: number | null;
  readonly occurredAt: Date;
}

/** A calendar month in the scenario's time zone, as the half-open range [from, to). */
export interface DemoPeriod {
  /** `YYYY-MM`. */
  readonly key: string;
  readonly from: Date;
  readonly to: Date;
  readonly closedAt: Date;
}

export interface DemoLogin {
  readonly who: 'manager' | 'learner' | 'finance' | 'admin';
  readonly email: string;
  readonly userId: string;
}

export interface DemoScenario {
  /** Begin of behaviour: 90 days before `endsAt`, or the begin of the first closed period if that is earlier. */
  readonly startsAt: Date;
  /** Today: nothing happens later, save planned ends of campaigns and licences. */
  readonly endsAt: Date;
  /** First moment of sale: the begin of the first closed period, so that no money moves in an unclosed past. */
  readonly salesStartAt: Date;
  readonly timeZone: string;
  readonly currency: string;
  readonly password: string;
  readonly logins: readonly DemoLogin[];
  readonly closedPeriods: readonly DemoPeriod[];
  readonly domains: readonly DemoDomain[];
  readonly users: readonly DemoUser[];
  readonly partners: readonly DemoPartner[];
  readonly contents: readonly DemoContent[];
  readonly contracts: readonly DemoContract[];
  readonly campaigns: readonly DemoCampaign[];
  readonly campaignCosts: readonly DemoCampaignCost[];
  /** Each of the following is ordered by time. */
  readonly touchpoints: readonly DemoTouchpoint[];
  readonly conversions: readonly DemoConversion[];
  readonly orders: readonly DemoOrder[];
  readonly interactions: readonly DemoInteraction[];
}
