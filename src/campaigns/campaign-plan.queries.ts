import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { Channel } from './campaign.entity.ts';
import type { CampaignApprovalSchema } from './campaign-approval.entity.ts';
import type { CampaignPlanVersionSchema, PlanPart } from './campaign-plan-version.entity.ts';

type Tables = InferKyselyDB<typeof CampaignPlanVersionSchema | typeof CampaignApprovalSchema>;

export interface PlanVersionRow {
  readonly campaignId: string;
  readonly number: number;
  readonly parts: readonly PlanPart[];
  readonly by: string;
  readonly at: Date;
}

export interface ApprovalRow {
  readonly campaignId: string;
  readonly partnerId: string;
  readonly planVersion: number;
  readonly by: string;
  readonly at: Date;
}

/** What a partner pays of a campaign's budget, in minor units of the campaign's currency. */
export interface BudgetShareRow {
  readonly campaignId: string;
  readonly partnerId: string;
  readonly shareMinor: bigint;
  /** All costs that the partner has told. */
  readonly spentMinor: bigint;
}

/** Newest first. */
export async function findPlanVersions(database: Database, campaignIds: readonly string[]): Promise<PlanVersionRow[]> {
  return database
    .read<Tables>()
    .selectFrom('campaign_plan_versions')
    .select(['campaign_id as campaignId', 'number', 'parts', 'by', 'at'])
    .where(isAnyOf('campaign_id', campaignIds))
    .orderBy('number', 'desc')
    .execute();
}

/** Those of every version of the plan, newest first. */
export async function findApprovals(database: Database, campaignIds: readonly string[]): Promise<ApprovalRow[]> {
  return database
    .read<Tables>()
    .selectFrom('campaign_approvals')
    .select(['campaign_id as campaignId', 'partner_id as partnerId', 'plan_version as planVersion', 'by', 'at'])
    .where(isAnyOf('campaign_id', campaignIds))
    .orderBy('plan_version', 'desc')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/**
 * Every partner with its share of the budget and what it has spent: the lead first, the others by role and id. Where
 * nothing was agreed the lead pays all.
 */
export async function findBudgetShares(database: Database, campaignIds: readonly string[]): Promise<BudgetShareRow[]> {
  const { rows } = await sql<BudgetShareRow>`
    select part.campaign_id as "campaignId", part.partner_id as "partnerId",
      case
        when share.amount_minor is not null then share.amount_minor
        when part.role = 'LEAD' and not exists (
          select 1 from campaign_budget_shares any_share where any_share.campaign_id = part.campaign_id)
          then campaign.budget_minor
        else 0::bigint
      end as "shareMinor",
      coalesce((
        select sum(cost.cost_minor)::bigint from campaign_costs cost
        where cost.campaign_id = part.campaign_id and cost.partner_id = part.partner_id), 0::bigint) as "spentMinor"
    from campaign_partners part
    join campaigns campaign on campaign.id = part.campaign_id
    left join campaign_budget_shares share
      on share.campaign_id = part.campaign_id and share.partner_id = part.partner_id
    where part.campaign_id = any(${campaignIds}::uuid[])
    order by part.role <> 'LEAD', part.role, part.partner_id`.execute(database.read());
  return rows;
}

/** Channels of a campaign that something was made or paid for, and that must therefore stay. */
export async function findUsedChannels<Rows>(rows: Kysely<Rows>, campaignId: string): Promise<Channel[]> {
  const { rows: used } = await sql<{ channel: Channel }>`
    select channel from campaign_costs where campaign_id = ${campaignId}
    union select channel from campaign_creatives where campaign_id = ${campaignId} and state <> 'RETIRED'
    union select channel from campaign_links where campaign_id = ${campaignId}
    union select channel from campaign_coupons where campaign_id = ${campaignId}`.execute(rows);
  return used.map(({ channel }) => channel);
}
