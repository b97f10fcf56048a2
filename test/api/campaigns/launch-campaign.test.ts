import { describe, expect, it } from 'vitest';
import { CampaignContent } from '../../../src/campaigns/campaign-content.entity.ts';
import { globalId } from '../../../src/shared/global-id.ts';
import { aCampaign, moveCampaign } from '../../support/campaigns.ts';
import { aContent, type LicenceOptions } from '../../support/contents.ts';
import { aContract, type ContractOptions } from '../../support/contracts.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const CHANGE = /* GraphQL */ `
  mutation ($input: ChangeCampaignPlanInput!) {
    changeCampaignPlan(input: $input) {
      ... on ChangeCampaignSuccess { campaign { endsAt planVersion } }
      ... on UserError { code message }
      ... on CampaignNotReadyError { blockers { kind subjectId } }
    }
  }`;

/** Until which day the campaigns here run. */
const ENDS_AT = new Date('2026-11-30T00:00:00Z');
const BEFORE = new Date('2026-11-29T23:59:59Z');

/** A campaign until the end of November that its only partner has put forward on the first. */
async function aPlannedCampaign(app: TestApp, contracts: readonly Omit<ContractOptions, 'parties'>[]) {
  const { id: leadPartnerId } = await aPartner(app, { name: '飞跃健身' });
  for (const contract of contracts) await aContract(app, { ...contract, parties: [{ partnerId: leadPartnerId }] });
  const campaign = await aCampaign(app, { leadPartnerId, state: 'DRAFT' });
  const manager = await aMember(app, { partnerId: leadPartnerId, role: 'MANAGER' });
  await moveCampaign(app, manager, { campaignId: campaign.globalId, to: 'PLANNED' });
  const launch = () => moveCampaign(app, manager, { campaignId: campaign.globalId, to: 'LIVE' });
  return { ...campaign, manager, launch };
}

async function promote(app: TestApp, campaign: { id: string; leadPartnerId: string }, licences: LicenceOptions[]) {
  const content = await aContent(app, { partnerId: campaign.leadPartnerId, title: '运动解剖', licences });
  await app.platform.database.transaction(async (em) => {
    em.create(CampaignContent, { campaignId: campaign.id, contentId: content.id }, { persist: true });
  });
  return content;
}

const early = { effectiveFrom: new Date('2026-01-01T00:00:00Z') };

describe('a campaign that goes live', () => {
  it('needs contracts of every partner from now until its end, without a gap', async () => {
    await using app = await startTestApp();
    const notCovering: Omit<ContractOptions, 'parties'>[][] = [
      [],
      [{ state: 'PROPOSED', versions: [{ ...early, recordedAt: null }] }],
      [{ endsAt: BEFORE }],
      [{ versions: [{ effectiveFrom: new Date('2026-11-02T00:00:00Z') }] }],
      [
        { endsAt: new Date('2026-11-10T00:00:00Z') },
        { versions: [{ effectiveFrom: new Date('2026-11-11T00:00:00Z') }] },
      ],
    ];
    for (const contracts of notCovering) {
      const campaign = await aPlannedCampaign(app, contracts);
      expect(await campaign.launch()).toMatchObject({
        code: 'CAMPAIGN_NOT_READY',
        message: 'The campaign is not ready. 飞跃健身 has no contract in force until the campaign ends.',
        blockers: [{ kind: 'CONTRACT_MISSING', subjectId: globalId('Partner', campaign.leadPartnerId) }],
      });
    }
    const covering: Omit<ContractOptions, 'parties'>[][] = [
      [{}],
      [{ endsAt: ENDS_AT }],
      [
        { endsAt: new Date('2026-11-10T00:00:00Z') },
        { versions: [{ effectiveFrom: new Date('2026-11-10T00:00:00Z') }] },
      ],
    ];
    for (const contracts of covering) {
      const campaign = await aPlannedCampaign(app, contracts);
      expect(await campaign.launch()).toMatchObject({ campaign: { state: 'LIVE' } });
    }
  });

  it('needs licences of every content until its end', async () => {
    await using app = await startTestApp();
    const tooShort: LicenceOptions[][] = [
      [],
      [{ validUntil: BEFORE }],
      [{ validFrom: new Date('2026-11-02T00:00:00Z') }],
    ];
    for (const licences of tooShort) {
      const campaign = await aPlannedCampaign(app, [{}]);
      const content = await promote(app, campaign, licences);
      expect(await campaign.launch()).toMatchObject({
        message: 'The campaign is not ready. "运动解剖" has no licence until the campaign ends.',
        blockers: [{ kind: 'LICENCE_MISSING', subjectId: globalId('Content', content.id) }],
      });
    }
    const campaign = await aPlannedCampaign(app, [{}]);
    await promote(app, campaign, [
      { validUntil: new Date('2026-11-15T00:00:00Z') },
      { validFrom: new Date('2026-11-14T00:00:00Z') },
    ]);
    expect(await campaign.launch()).toMatchObject({ campaign: { state: 'LIVE' } });
  });

  it('does not come back after its planned end', async () => {
    await using app = await startTestApp({ config: { sessionTtlHours: 10_000 } });
    const campaign = await aPlannedCampaign(app, [{}]);
    app.clock.set(ENDS_AT);
    expect(await campaign.launch()).toMatchObject({ blockers: [{ kind: 'END_PASSED', subjectId: campaign.globalId }] });
  });

  it('is not put off beyond a contract or a licence once it is put forward', async () => {
    await using app = await startTestApp();
    const campaign = await aPlannedCampaign(app, [{ endsAt: new Date('2026-12-31T00:00:00Z') }]);
    await promote(app, campaign, [{ validUntil: new Date('2026-12-15T00:00:00Z') }]);
    const putOff = async (endsAt: string) => {
      const input = { campaignId: campaign.globalId, endsAt };
      return (await app.graphql(CHANGE, { input }, campaign.manager)).data?.changeCampaignPlan;
    };
    expect(await putOff('2027-01-01T00:00:00Z')).toMatchObject({
      blockers: [{ kind: 'CONTRACT_MISSING' }, { kind: 'LICENCE_MISSING' }],
    });
    expect(await putOff('2026-12-15T00:00:01Z')).toMatchObject({ blockers: [{ kind: 'LICENCE_MISSING' }] });
    expect(await putOff('2026-12-15T00:00:00Z')).toMatchObject({
      campaign: { endsAt: '2026-12-15T00:00:00.000Z', planVersion: 2 },
    });
  });
});
