import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aManagedCampaign } from '../../support/campaigns.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { startTestApp } from '../../support/test-app.ts';

const SET = /* GraphQL */ `
  mutation ($input: SetCampaignBudgetInput!) {
    setCampaignBudget(input: $input) {
      ... on ChangeCampaignSuccess {
        campaign {
          budget { amount currency }
          budgetShares { partner { name } share { amount } spent { amount } left { amount } }
        }
      }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;
const SHARES = 'query ($id: ID!) { campaign(id: $id) { budgetShares { partner { name } share { amount } } } }';
const COST = /* GraphQL */ `
  mutation ($input: RecordCampaignCostInput!) {
    recordCampaignCost(input: $input) { __typename }
  }`;

describe('the budget of a campaign', () => {
  it("is the lead's to pay until it is shared", async () => {
    await using app = await startTestApp();
    const lead = await aPartner(app, { name: '飞跃健身' });
    const guest = await aPartner(app, { name: '江南书院' });
    const partners = [{ partnerId: guest.id, role: 'SPONSOR' as const }];
    const campaign = await aManagedCampaign(app, { leadPartnerId: lead.id, partners, state: 'DRAFT' });
    expect(await app.query(SHARES, { id: campaign.globalId }, campaign.manager)).toEqual({
      campaign: {
        budgetShares: [
          { partner: { name: '飞跃健身' }, share: { amount: '10000.00' } },
          { partner: { name: '江南书院' }, share: { amount: '0.00' } },
        ],
      },
    });
  });

  it('is shared to the last cent, and shows what each has spent and left', async () => {
    await using app = await startTestApp();
    const lead = await aPartner(app, { name: '飞跃健身' });
    const guest = await aPartner(app, { name: '江南书院' });
    const partners = [{ partnerId: guest.id, role: 'SPONSOR' as const }];
    const campaign = await aManagedCampaign(app, { leadPartnerId: lead.id, partners, state: 'DRAFT' });
    const accountant = await aMember(app, { partnerId: guest.id, role: 'FINANCE' });
    for (const [day, costMinor] of [
      ['2026-10-02', '5000'],
      ['2026-10-03', '2'],
    ] as const) {
      const partnerId = globalId('Partner', guest.id);
      const input = { campaignId: campaign.globalId, partnerId, channel: 'SOCIAL', day, costMinor };
      await app.query(COST, { input }, accountant);
    }
    const shares = [
      { partnerId: globalId('Partner', lead.id), amountMinor: '5001' },
      { partnerId: globalId('Partner', guest.id), amountMinor: '5000' },
    ];
    const input = { campaignId: campaign.globalId, budgetMinor: '10001', shares };
    expect(await app.query(SET, { input }, campaign.manager)).toEqual({
      setCampaignBudget: {
        campaign: {
          budget: { amount: '100.01', currency: 'CNY' },
          budgetShares: [
            {
              partner: { name: '飞跃健身' },
              share: { amount: '50.01' },
              spent: { amount: '0.00' },
              left: { amount: '50.01' },
            },
            {
              partner: { name: '江南书院' },
              share: { amount: '50.00' },
              spent: { amount: '50.02' },
              left: { amount: '-0.02' },
            },
          ],
        },
      },
    });
  });

  it('is refused with the value named when shares do not make it up', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app, { state: 'DRAFT' });
    const stranger = await aPartner(app);
    const lead = globalId('Partner', campaign.leadPartnerId);
    const share = (amountMinor: string, partnerId = lead) => ({ partnerId, amountMinor });
    const wrong: [string, string, object[]][] = [
      ['budgetMinor', '-1', []],
      ['shares', '100', [share('99')]],
      ['shares', '100', [share('101')]],
      ['shares.0.amountMinor', '100', [share('-1')]],
      ['shares.1.partnerId', '100', [share('50'), share('50')]],
      ['shares.0.partnerId', '100', [share('100', globalId('Partner', stranger.id))]],
    ];
    for (const [field, budgetMinor, shares] of wrong) {
      const input = { campaignId: campaign.globalId, budgetMinor, shares };
      const { data } = await app.graphql(SET, { input }, campaign.manager);
      expect(data).toMatchObject({ setCampaignBudget: { code: 'INVALID_INPUT', field } });
    }
    const outsider = await aMember(app, { partnerId: stranger.id, role: 'OWNER' });
    const input = { campaignId: campaign.globalId, budgetMinor: '1', shares: [] };
    expect((await app.graphql(SET, { input }, outsider)).data).toMatchObject({
      setCampaignBudget: { code: 'FORBIDDEN' },
    });
  });
});
