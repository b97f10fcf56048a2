import { idFromName } from '../../src/shared/ids.ts';
import { present } from '../../src/shared/invariant.ts';
import type { Row } from './catalogue-rows.ts';
import type { DemoCampaign, DemoScenario } from './scenario.types.ts';

/** What the partners of campaigns agreed on: versions of the plan, approvals, shares of the budget, tasks. */
export function campaignPlanRows({ campaigns, partners }: DemoScenario): [string, Row[]][] {
  const managers = new Map(partners.map(({ id, members }) => [id, managerOf(members)]));
  const userOf = (partnerId: string) => present(managers.get(partnerId), 'the manager of a partner');
  return [
    ['campaign_plan_versions', campaigns.map((campaign) => planRow(campaign, userOf))],
    ['campaign_approvals', campaigns.flatMap((campaign) => approvalRows(campaign, userOf))],
    ['campaign_budget_shares', campaigns.flatMap(shareRows)],
    ['campaign_tasks', campaigns.flatMap((campaign) => taskRows(campaign, userOf))],
  ];
}

type UserOf = (partnerId: string) => string;

function managerOf(members: readonly { userId: string; role: string }[]): string {
  const manager = members.find(({ role }) => role === 'MANAGER') ?? members.find(({ role }) => role === 'OWNER');
  return present(manager, 'a member who may approve').userId;
}

/** When it was put forward; null for a draft. */
function plannedAt({ transitions }: DemoCampaign): Date | null {
  return transitions.find(({ to }) => to === 'PLANNED')?.at ?? null;
}

function planRow({ id, leadPartnerId, createdAt }: DemoCampaign, userOf: UserOf): Row {
  return { campaign_id: id, number: 1, parts: ['CREATION'], by: `user:${userOf(leadPartnerId)}`, at: createdAt };
}

/** Everybody approved on the day on which it was put forward. */
function approvalRows(campaign: DemoCampaign, userOf: UserOf): Row[] {
  const at = plannedAt(campaign);
  if (!at) return [];
  return campaign.partners.map(({ partnerId }) => ({
    id: idFromName('demo-campaign-approval', `${campaign.id}:${partnerId}`),
    campaign_id: campaign.id,
    partner_id: partnerId,
    plan_version: 1,
    by: `user:${userOf(partnerId)}`,
    at,
  }));
}

/** In equal parts; what does not divide is the lead's. */
function shareRows({ id, budgetMinor, leadPartnerId, partners }: DemoCampaign): Row[] {
  const count = BigInt(partners.length);
  const part = budgetMinor / count;
  return partners.map(({ partnerId }) => ({
    campaign_id: id,
    partner_id: partnerId,
    amount_minor: partnerId === leadPartnerId ? budgetMinor - part * (count - 1n) : part,
  }));
}

/** What each partner took on, due on the day of the start; done before a campaign went live. */
function taskRows(campaign: DemoCampaign, userOf: UserOf): Row[] {
  const at = plannedAt(campaign);
  const lead = `user:${userOf(campaign.leadPartnerId)}`;
  return campaign.partners.map(({ partnerId, task }) => ({
    id: idFromName('demo-campaign-task', `${campaign.id}:${partnerId}`),
    campaign_id: campaign.id,
    partner_id: partnerId,
    owner_id: userOf(partnerId),
    title: task,
    due_at: campaign.startsAt,
    required: true,
    state: at ? 'DONE' : 'OPEN',
    created_by: lead,
    created_at: campaign.createdAt,
    moved_by: at ? `user:${userOf(partnerId)}` : lead,
    moved_at: at ?? campaign.createdAt,
  }));
}
