import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aManagedCampaign, rowsIn } from '../../support/campaigns.ts';
import { aContent } from '../../support/contents.ts';
import { aContract } from '../../support/contracts.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner, anAdmin, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const CREATE = /* GraphQL */ `
  mutation ($input: CreateCampaignInput!) {
    createCampaign(input: $input) {
      __typename
      ... on CreateCampaignSuccess {
        campaign {
          name state channels budget { amount currency } attributionWindowDays viewWindowDays leadPartner { name }
          partners { role partner { name } } contents { title } steps { from to by reason at }
        }
      }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;

function inputFor(leadPartnerId: string, more: Record<string, unknown> = {}) {
  return {
    leadPartnerId: globalId('Partner', leadPartnerId),
    name: ' 练一小时，学一小时 ',
    description: 'Gym and school, an hour each.',
    goal: '500 registrations',
    channels: ['EMAIL', 'OFFLINE'],
    currency: 'CNY',
    budgetMinor: '2500000',
    startsAt: '2026-11-10T00:00:00Z',
    endsAt: '2026-12-10T00:00:00Z',
    ...more,
  };
}

async function create(app: TestApp, input: object, person: Partial<TestPerson>) {
  const session = person.token === undefined ? {} : { token: person.token };
  const answer = await app.graphql(CREATE, { input }, session);
  return answer.data?.createCampaign;
}

describe('creating a campaign', () => {
  it('makes a draft with its lead, partners, contents and first step', async () => {
    await using app = await startTestApp();
    const gym = await aPartner(app, { name: '飞跃健身' });
    const school = await aPartner(app, { name: '江南书院' });
    const content = await aContent(app, { partnerId: school.id, title: '运动解剖' });
    const manager = await aMember(app, { partnerId: gym.id, role: 'MANAGER' });
    const input = inputFor(gym.id, {
      partners: [{ partnerId: globalId('Partner', school.id), role: 'CONTENT' }],
      contentIds: [globalId('Content', content.id)],
    });
    expect(await create(app, input, manager)).toEqual({
      __typename: 'CreateCampaignSuccess',
      campaign: {
        name: '练一小时，学一小时',
        state: 'DRAFT',
        channels: ['EMAIL', 'OFFLINE'],
        budget: { amount: '25000.00', currency: 'CNY' },
        attributionWindowDays: 30,
        viewWindowDays: 1,
        leadPartner: { name: '飞跃健身' },
        partners: [
          { role: 'LEAD', partner: { name: '飞跃健身' } },
          { role: 'CONTENT', partner: { name: '江南书院' } },
        ],
        contents: [{ title: '运动解剖' }],
        steps: [
          { from: null, to: 'DRAFT', by: `user:${manager.id}`, reason: 'Created.', at: '2026-11-01T08:00:00.000Z' },
        ],
      },
    });
  });

  it('names the value that is wrong, and then leaves nothing behind', async () => {
    await using app = await startTestApp();
    const lead = await aPartner(app);
    const stranger = await aPartner(app);
    const suspended = await aPartner(app, { state: 'SUSPENDED' });
    const foreign = await aContent(app, { partnerId: stranger.id });
    const manager = await aMember(app, { partnerId: lead.id, role: 'OWNER' });
    const part = (id: string, role = 'AUDIENCE') => ({ partnerId: globalId('Partner', id), role });
    const wrong: [string, Record<string, unknown>][] = [
      ['name', { name: ' ' }],
      ['goal', { goal: 'x'.repeat(501) }],
      ['channels', { channels: [] }],
      ['channels', { channels: ['EMAIL', 'EMAIL'] }],
      ['currency', { currency: 'EURO' }],
      ['currency', { currency: 'XXX' }],
      ['currency', { currency: 'XAU' }],
      ['currency', { currency: 'CLF' }],
      ['budgetMinor', { budgetMinor: '-1' }],
      ['attributionWindowDays', { attributionWindowDays: 0 }],
      ['attributionWindowDays', { attributionWindowDays: 366 }],
      ['viewWindowDays', { viewWindowDays: -1 }],
      ['viewWindowDays', { attributionWindowDays: 7, viewWindowDays: 8 }],
      ['endsAt', { endsAt: '2026-11-10T00:00:00Z' }],
      ['partners.0.role', { partners: [part(stranger.id, 'LEAD')] }],
      ['partners.0.partnerId', { partners: [part(lead.id)] }],
      ['partners', { partners: [part(suspended.id)] }],
      ['contentIds', { contentIds: [globalId('Content', foreign.id)] }],
    ];
    for (const [field, more] of wrong) {
      expect(await create(app, inputFor(lead.id, more), manager)).toMatchObject({ code: 'INVALID_INPUT', field });
    }
    expect(await rowsIn(app, 'campaigns')).toEqual([]);
    expect(await rowsIn(app, 'campaign_steps')).toEqual([]);
  });

  it('takes any view window from none to that of clicks', async () => {
    await using app = await startTestApp();
    const lead = await aPartner(app);
    const manager = await aMember(app, { partnerId: lead.id, role: 'OWNER' });
    for (const viewWindowDays of [0, 7]) {
      const input = inputFor(lead.id, { attributionWindowDays: 7, viewWindowDays });
      expect(await create(app, input, manager)).toMatchObject({ campaign: { viewWindowDays } });
    }
  });

  it('is for owners and managers of the lead partner, and admins', async () => {
    await using app = await startTestApp();
    const lead = await aPartner(app);
    const other = await aPartner(app);
    const refused = [
      await aLearner(app),
      await aMember(app, { partnerId: other.id, role: 'OWNER' }),
      await aMember(app, { partnerId: lead.id, role: 'FINANCE' }),
    ];
    for (const person of refused) {
      expect(await create(app, inputFor(lead.id), person)).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await create(app, inputFor(lead.id), {})).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await create(app, inputFor(lead.id), await anAdmin(app))).toMatchObject({ campaign: { state: 'DRAFT' } });
  });
});

const CHANGED = '__typename ... on ChangeCampaignSuccess { campaign { state partners { role } contents { title } } }';
const FAILED = '... on UserError { code } ... on InvalidInputError { field }';
const ADD_PARTNER = `mutation ($input: AddCampaignPartnerInput!) {
  result: addCampaignPartner(input: $input) { ${CHANGED} ${FAILED} } }`;
const ADD_CONTENTS = `mutation ($input: AddCampaignContentsInput!) {
  result: addCampaignContents(input: $input) { ${CHANGED} ${FAILED} } }`;
const TRANSITION = `mutation ($input: TransitionCampaignInput!) {
  result: transitionCampaign(input: $input) { ${CHANGED} ${FAILED} ... on IllegalTransitionError { from to } } }`;

describe('changing a campaign', () => {
  it('takes in partners once, and contents of theirs as often as asked', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app, { state: 'DRAFT' });
    const school = await aPartner(app);
    const content = await aContent(app, { partnerId: school.id, title: '统计学' });
    const contents = { campaignId: campaign.globalId, contentIds: [globalId('Content', content.id)] };
    const partner = { campaignId: campaign.globalId, partnerId: globalId('Partner', school.id), role: 'CONTENT' };
    const run = async (query: string, input: object) =>
      (await app.graphql(query, { input }, campaign.manager)).data?.result;
    expect(await run(ADD_CONTENTS, contents)).toMatchObject({ code: 'INVALID_INPUT', field: 'contentIds' });
    expect(await run(ADD_PARTNER, { ...partner, role: 'LEAD' })).toMatchObject({ field: 'role' });
    expect(await run(ADD_PARTNER, partner)).toMatchObject({
      campaign: { partners: [{ role: 'LEAD' }, { role: 'CONTENT' }] },
    });
    expect(await run(ADD_PARTNER, partner)).toMatchObject({ code: 'INVALID_INPUT', field: 'partnerId' });
    for (let time = 0; time < 2; time += 1) {
      expect(await run(ADD_CONTENTS, contents)).toMatchObject({ campaign: { contents: [{ title: '统计学' }] } });
    }
  });

  it('walks the lifecycle as its table says, and keeps who and why', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app, { state: 'DRAFT' });
    await aContract(app, { parties: [{ partnerId: campaign.leadPartnerId }] });
    const move = async (to: string, reason = `to ${to}`) => {
      const input = { campaignId: campaign.globalId, to, reason };
      return (await app.graphql(TRANSITION, { input }, campaign.manager)).data?.result;
    };
    expect(await move('LIVE')).toMatchObject({ code: 'ILLEGAL_TRANSITION', from: 'DRAFT', to: 'LIVE' });
    expect(await move('PLANNED', ' ')).toMatchObject({ code: 'INVALID_INPUT', field: 'reason' });
    for (const state of ['PLANNED', 'LIVE', 'PAUSED', 'LIVE', 'ENDED', 'SETTLED']) {
      expect(await move(state)).toMatchObject({ campaign: { state } });
    }
    const { data } = await app.graphql(
      'query ($id: ID!) { campaign(id: $id) { steps { from to reason by } } }',
      { id: campaign.globalId },
      campaign.manager,
    );
    const by = `user:${campaign.manager.id}`;
    expect(data).toMatchObject({ campaign: { steps: { length: 6, 0: { from: 'DRAFT', to: 'PLANNED', by } } } });
    expect(data).toMatchObject({ campaign: { steps: { 5: { from: 'ENDED', to: 'SETTLED', reason: 'to SETTLED' } } } });
  });

  it('takes nobody in once the campaign is over', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app, { state: 'ENDED' });
    const partner = await aPartner(app);
    const input = { campaignId: campaign.globalId, partnerId: globalId('Partner', partner.id), role: 'CHANNEL' };
    const { data } = await app.graphql(ADD_PARTNER, { input }, campaign.manager);
    expect(data).toMatchObject({ result: { __typename: 'CampaignOverError', code: 'CAMPAIGN_OVER' } });
  });

  it('is for the lead partner alone, not for those who take part', async () => {
    await using app = await startTestApp();
    const guest = await aPartner(app);
    const campaign = await aManagedCampaign(app, { partners: [{ partnerId: guest.id, role: 'AUDIENCE' }] });
    const people = [
      await aMember(app, { partnerId: guest.id, role: 'OWNER' }),
      await aMember(app, { partnerId: campaign.leadPartnerId, role: 'VIEWER' }),
      await aLearner(app),
    ];
    const input = { campaignId: campaign.globalId, to: 'ENDED', reason: 'Enough.' };
    for (const person of people) {
      expect((await app.graphql(TRANSITION, { input }, person)).data?.result).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect((await app.graphql(TRANSITION, { input })).data?.result).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('lets one of two concurrent steps through', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app, { state: 'LIVE' });
    const input = { campaignId: campaign.globalId, to: 'ENDED', reason: 'Done.' };
    const move = () => app.query<{ result: { __typename: string } }>(TRANSITION, { input }, campaign.manager);
    const names = (await Promise.all([move(), move(), move()])).map(({ result }) => result.__typename);
    expect(names.sort()).toEqual(['ChangeCampaignSuccess', 'IllegalTransitionError', 'IllegalTransitionError']);
  });
});
