import type { CampaignPartnerRole, CampaignStatus, Channel } from './catalogue.types.ts';

/** One partner's use of one channel: how much, how well it works, what it costs. */
export interface ReachSpec {
  readonly partner: string;
  readonly channel: Channel;
  readonly impressionsPerDay: number;
  /** Of people with average interest. */
  readonly clickRate: number;
  readonly costPerDayMinor: bigint;
}

export interface CampaignSpec {
  readonly name: string;
  readonly nameEn: string;
  readonly goal: string;
  readonly status: CampaignStatus;
  readonly partners: readonly { readonly key: string; readonly role: CampaignPartnerRole; readonly task: string }[];
  readonly contents: readonly string[];
  readonly budgetMinor: bigint;
  /** Of clicks and visits. */
  readonly windowDays: number;
  /** Of impressions. */
  readonly viewWindowDays: number;
  /** Counted back from the scenario's end; negative when still to come. */
  readonly startDaysAgo: number;
  readonly endDaysAgo: number;
  readonly pausedDaysAgo?: number;
  readonly pauseReason?: string;
  readonly reach: readonly ReachSpec[];
}
