import { describe, expect, it } from 'vitest';
import { campaignPlanRows } from '../../../seeds/demo/campaign-plan-rows.ts';
import { buildDemoScenario } from '../../../seeds/demo/scenario.ts';

const scenario = buildDemoScenario({ endsAt: new Date('2026-11-21T12:00:00Z') });
const rows = new Map(campaignPlanRows(scenario));
const of = (table: string, campaignId: string) =>
  (rows.get(table) ?? []).filter(({ campaign_id }) => campaign_id === campaignId);

describe('the campaigns of the demo', () => {
  it('share their budgets to the cent, with a task for every partner', () => {
    for (const { id, budgetMinor, partners } of scenario.campaigns) {
      const shares = of('campaign_budget_shares', id);
      expect(shares.reduce((sum, { amount_minor }) => sum + (amount_minor as bigint), 0n)).toBe(budgetMinor);
      expect(of('campaign_tasks', id)).toHaveLength(partners.length);
    }
  });

  it('are approved by every partner once they were put forward, and not before', () => {
    for (const { id, status, partners } of scenario.campaigns) {
      const approved = of('campaign_approvals', id).map(({ partner_id }) => partner_id);
      const expected = status === 'DRAFT' ? [] : partners.map(({ partnerId }) => partnerId);
      expect(approved.toSorted()).toEqual(expected.toSorted());
      const states = new Set(of('campaign_tasks', id).map(({ state }) => state));
      expect(states).toEqual(new Set([status === 'DRAFT' ? 'OPEN' : 'DONE']));
    }
  });
});
