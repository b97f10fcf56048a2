import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aCampaign, approveCampaign, moveCampaign, type TestCampaign } from '../../support/campaigns.ts';
import { aContent } from '../../support/contents.ts';
import { aContract } from '../../support/contracts.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner, anAdmin, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const CHANGED = `
  __typename
  ... on ChangeCampaignSuccess { campaign { planVersion channels endsAt budget { amount } } }
  ... on UserError { code message }
  ... on InvalidInputError { field }
  ... on CampaignNotReadyError { blockers { kind message } }`;
const CHANGE = `mutation ($input: ChangeCampaignPlanInput!) { result: changeCampaignPlan(input: $input) { ${CHANGED} } }`;
const BUDGET = `mutation ($input: SetCampaignBudgetInput!) { result: setCampaignBudget(input: $input) { ${CHANGED} } }`;
const ADD_CONTENTS = `mutation ($input: AddCampaignContentsInput!) { result: addCampaignContents(input: $input) { ${CHANGED} } }`;
const ADD_PARTNER = `mutation ($input: AddCampaignPartnerInput!) { result: addCampaignPartner(input: $input) { ${CHANGED} } }`;
const PLAN = /* GraphQL */ `
  query ($id: ID!) {
    campaign(id: $id) {
      planVersion
      planVersions { number parts by }
      approvals { partner { name } planVersion isCurrent by }
      launchBlockers { kind subjectId message }
    }
  }`;

interface Joint {
  readonly campaign: TestCampaign;
  readonly gym: { readonly id: string; readonly manager: TestPerson };
  readonly school: { readonly id: string; readonly manager: TestPerson };
}

/** A draft of a gym, which leads, and a school; both have a contract without end. */
async function aJointDraft(app: TestApp): Promise<Joint> {
  const [gym, school] = [await aPartner(app, { name: '飞跃健身' }), await aPartner(app, { name: '江南书院' })];
  await aContract(app, { parties: [{ partnerId: gym.id }, { partnerId: school.id, role: 'PROMOTER' }] });
  const partners = [{ partnerId: school.id, role: 'CONTENT' as const }];
  const campaign = await aCampaign(app, { leadPartnerId: gym.id, partners, state: 'DRAFT' });
  const [ofGym, ofSchool] = [
    await aMember(app, { partnerId: gym.id, role: 'MANAGER' }),
    await aMember(app, { partnerId: school.id, role: 'OWNER' }),
  ];
  return { campaign, gym: { ...gym, manager: ofGym }, school: { ...school, manager: ofSchool } };
}

async function planOf(app: TestApp, { campaign, gym }: Joint) {
  const { campaign: plan } = await app.query<{ campaign: Record<string, unknown> }>(
    PLAN,
    { id: campaign.globalId },
    gym.manager,
  );
  return plan;
}

function run(app: TestApp, query: string, { person, input }: { person: Partial<TestPerson>; input: object }) {
  const session = person.token === undefined ? {} : { token: person.token };
  return app.graphql(query, { input }, session).then(({ data }) => data?.result);
}

describe('the approval of a campaign', () => {
  it('is needed of every partner before it goes live: who put it forward has given it, the others are named', async () => {
    await using app = await startTestApp();
    const joint = await aJointDraft(app);
    const { campaign, gym, school } = joint;
    const campaignId = campaign.globalId;
    const approval = { campaignId, partnerId: school.id };
    expect(await approveCampaign(app, school.manager, approval)).toMatchObject({ code: 'CAMPAIGN_STATE' });
    await moveCampaign(app, gym.manager, { campaignId, to: 'PLANNED' });
    expect(await moveCampaign(app, gym.manager, { campaignId, to: 'LIVE' })).toEqual({
      __typename: 'CampaignNotReadyError',
      code: 'CAMPAIGN_NOT_READY',
      message: 'The campaign is not ready. 江南书院 has not approved the plan as it stands.',
      blockers: [
        {
          kind: 'APPROVAL_MISSING',
          subjectId: globalId('Partner', school.id),
          message: '江南书院 has not approved the plan as it stands.',
        },
      ],
    });
    expect(await approveCampaign(app, school.manager, approval)).toMatchObject({
      campaign: { approvals: { length: 2, 0: { planVersion: 1, isCurrent: true } } },
    });
    expect(await approveCampaign(app, school.manager, approval)).toMatchObject({
      campaign: { approvals: { length: 2 } },
    });
    expect(await moveCampaign(app, gym.manager, { campaignId, to: 'LIVE' })).toMatchObject({
      campaign: { state: 'LIVE' },
    });
  });

  it('is void when what matters changes, and the lead who changes it approves by doing so', async () => {
    await using app = await startTestApp();
    const joint = await aJointDraft(app);
    const { campaign, gym, school } = joint;
    const campaignId = campaign.globalId;
    const content = await aContent(app, { partnerId: school.id });
    const third = await aPartner(app);
    await aContract(app, { parties: [{ partnerId: third.id }] });
    await moveCampaign(app, gym.manager, { campaignId, to: 'PLANNED' });
    const changes: [string, string, object][] = [
      ['BUDGET', BUDGET, { budgetMinor: '900000', shares: [] }],
      ['CHANNELS', CHANGE, { channels: ['EMAIL'] }],
      ['DATES', CHANGE, { endsAt: '2026-12-24T00:00:00Z' }],
      ['CONTENTS', ADD_CONTENTS, { contentIds: [globalId('Content', content.id)] }],
      ['PARTNERS', ADD_PARTNER, { partnerId: globalId('Partner', third.id), role: 'SPONSOR' }],
    ];
    for (const [index, [part, query, change]] of changes.entries()) {
      await approveCampaign(app, school.manager, { campaignId, partnerId: school.id, planVersion: index + 1 });
      const result = await run(app, query, { person: gym.manager, input: { campaignId, ...change } });
      expect(result).toMatchObject({ campaign: { planVersion: index + 2 } });
      const { planVersions, approvals } = await planOf(app, joint);
      expect(planVersions).toMatchObject({ 0: { number: index + 2, parts: [part], by: `user:${gym.manager.id}` } });
      const current = (approvals as { isCurrent: boolean }[]).filter(({ isCurrent }) => isCurrent);
      expect(current).toMatchObject([{ partner: { name: '飞跃健身' }, planVersion: index + 2 }]);
    }
    expect(await moveCampaign(app, gym.manager, { campaignId, to: 'LIVE' })).toMatchObject({
      blockers: [{ kind: 'APPROVAL_MISSING' }, { kind: 'APPROVAL_MISSING' }],
    });
  });

  it('stands when a change changes nothing', async () => {
    await using app = await startTestApp();
    const joint = await aJointDraft(app);
    const { campaign, gym } = joint;
    const input = { campaignId: campaign.globalId, channels: ['SOCIAL', 'EMAIL'], startsAt: '2026-10-01T00:00:00Z' };
    expect(await run(app, CHANGE, { person: gym.manager, input })).toMatchObject({ campaign: { planVersion: 1 } });
  });

  it('is of the plan that was read, and of no other', async () => {
    await using app = await startTestApp();
    const { campaign, gym, school } = await aJointDraft(app);
    const campaignId = campaign.globalId;
    await moveCampaign(app, gym.manager, { campaignId, to: 'PLANNED' });
    await run(app, CHANGE, { person: gym.manager, input: { campaignId, channels: ['EMAIL'] } });
    for (const planVersion of [1, 3]) {
      const answer = await approveCampaign(app, school.manager, { campaignId, partnerId: school.id, planVersion });
      expect(answer).toMatchObject({ __typename: 'PlanChangedError', code: 'PLAN_CHANGED', planVersion: 2 });
    }
  });

  it('is given by owners and managers of the partner alone, also not by an admin, and tells strangers nothing', async () => {
    await using app = await startTestApp();
    const { campaign, gym, school } = await aJointDraft(app);
    const stranger = await aPartner(app);
    const ofStranger = await aMember(app, { partnerId: stranger.id, role: 'OWNER' });
    await moveCampaign(app, gym.manager, { campaignId: campaign.globalId, to: 'PLANNED' });
    const viewer = await aMember(app, { partnerId: school.id, role: 'VIEWER' });
    for (const person of [gym.manager, viewer, ofStranger, await anAdmin(app), await aLearner(app)]) {
      const answer = await approveCampaign(app, person, { campaignId: campaign.globalId, partnerId: school.id });
      expect(answer).toMatchObject({ code: 'FORBIDDEN' });
    }
    const absent = globalId('Campaign', '00000000-0000-7000-8000-000000000000');
    const answers = await Promise.all(
      [campaign.globalId, absent].map((campaignId) =>
        approveCampaign(app, ofStranger, { campaignId, partnerId: stranger.id }),
      ),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ code: 'FORBIDDEN' });
    const anonymous = await approveCampaign(app, {}, { campaignId: campaign.globalId, partnerId: school.id });
    expect(anonymous).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('is not given for the lead by an admin who puts the campaign forward', async () => {
    await using app = await startTestApp();
    const joint = await aJointDraft(app);
    await moveCampaign(app, await anAdmin(app), { campaignId: joint.campaign.globalId, to: 'PLANNED' });
    expect(await planOf(app, joint)).toMatchObject({ approvals: [], launchBlockers: { length: 2 } });
  });
});

describe('the plan of a campaign', () => {
  it('does not change while the campaign is live, and asks everybody again after a pause', async () => {
    await using app = await startTestApp();
    const { campaign, gym, school } = await aJointDraft(app);
    const campaignId = campaign.globalId;
    await moveCampaign(app, gym.manager, { campaignId, to: 'PLANNED' });
    await approveCampaign(app, school.manager, { campaignId, partnerId: school.id });
    await moveCampaign(app, gym.manager, { campaignId, to: 'LIVE' });
    const change = { person: gym.manager, input: { campaignId, channels: ['EMAIL'] } };
    expect(await run(app, CHANGE, change)).toMatchObject({ code: 'CAMPAIGN_STATE' });
    await moveCampaign(app, gym.manager, { campaignId, to: 'PAUSED' });
    expect(await run(app, CHANGE, change)).toMatchObject({ campaign: { channels: ['EMAIL'] } });
    expect(await moveCampaign(app, gym.manager, { campaignId, to: 'LIVE' })).toMatchObject({
      blockers: [{ kind: 'APPROVAL_MISSING' }],
    });
    await approveCampaign(app, school.manager, { campaignId, partnerId: school.id, planVersion: 2 });
    expect(await moveCampaign(app, gym.manager, { campaignId, to: 'LIVE' })).toHaveProperty('campaign');
  });

  it('is changed by the lead alone, keeps channels that were paid for, and ends after it starts', async () => {
    await using app = await startTestApp();
    const { campaign, gym, school } = await aJointDraft(app);
    const campaignId = campaign.globalId;
    await app.services.campaignCosts.record(
      { kind: 'SYSTEM', name: 'test' },
      { campaignId: campaign.id, partnerId: gym.id, channel: 'EMAIL', day: '2026-10-02', costMinor: 100n },
    );
    const refused: [object, string][] = [
      [{ channels: ['SOCIAL'] }, 'channels'],
      [{ channels: [] }, 'channels'],
      [{ endsAt: '2026-10-01T00:00:00Z' }, 'endsAt'],
    ];
    for (const [change, field] of refused) {
      const input = { campaignId, ...change };
      expect(await run(app, CHANGE, { person: gym.manager, input })).toMatchObject({ code: 'INVALID_INPUT', field });
    }
    const input = { campaignId, channels: ['EMAIL'] };
    expect(await run(app, CHANGE, { person: school.manager, input })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await run(app, CHANGE, { person: gym.manager, input })).toMatchObject({ campaign: { channels: ['EMAIL'] } });
  });
});
