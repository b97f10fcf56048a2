import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aManagedCampaign } from '../../support/campaigns.ts';
import { askForLink } from '../../support/links.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import type { TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const CREATIVE = `
  __typename
  ... on ChangeCampaignCreativeSuccess {
    creative { id channel language title body imageUrl state partner { name } }
  }
  ... on UserError { code }
  ... on InvalidInputError { field }`;
const ADD = `mutation ($input: AddCampaignCreativeInput!) { result: addCampaignCreative(input: $input) { ${CREATIVE} } }`;
const CHANGE = `mutation ($input: ChangeCampaignCreativeInput!) { result: changeCampaignCreative(input: $input) { ${CREATIVE} } }`;
const MOVE = `mutation ($input: MoveCampaignCreativeInput!) { result: moveCampaignCreative(input: $input) { ${CREATIVE} } }`;
const LIST = /* GraphQL */ `
  query ($id: ID!, $channel: Channel, $first: Int! = 20) {
    campaign(id: $id) { creatives(channel: $channel, first: $first) { pageInfo { hasNextPage } edges { node { title } } } }
  }`;

async function run(app: TestApp, query: string, { person, input }: { person: TestPerson; input: object }) {
  return (await app.graphql(query, { input }, person)).data?.result as Record<string, { id: string }>;
}

describe('a creative of a campaign', () => {
  it('is written as a draft, declared ready, and stays as people saw it', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const person = campaign.manager;
    const place = {
      campaignId: campaign.globalId,
      partnerId: globalId('Partner', campaign.leadPartnerId),
      channel: 'EMAIL',
    };
    const added = await run(app, ADD, { person, input: { ...place, language: 'zh-cn', title: ' 秋日双修 ' } });
    expect(added).toMatchObject({
      creative: { channel: 'EMAIL', language: 'zh-CN', title: '秋日双修', body: '', imageUrl: null, state: 'DRAFT' },
    });
    const creativeId = added.creative?.id;
    const text = {
      creativeId,
      language: 'en',
      title: 'Autumn',
      body: 'Two\nlines',
      imageUrl: 'https://IMG.example.com/a.png',
    };
    expect(await run(app, CHANGE, { person, input: text })).toMatchObject({
      creative: { title: 'Autumn', body: 'Two\nlines', imageUrl: 'https://img.example.com/a.png' },
    });
    expect(await run(app, MOVE, { person, input: { creativeId, to: 'READY' } })).toMatchObject({
      creative: { state: 'READY' },
    });
    expect(await run(app, CHANGE, { person, input: text })).toMatchObject({ field: 'creativeId' });
    expect(await askForLink(app, person, { campaign, creativeId })).toMatchObject({
      link: { creative: { title: 'Autumn' }, utm: { content: expect.stringMatching(/^autumn\.[0-9a-f]{6}$/) } },
    });
    expect(await askForLink(app, person, { campaign, creativeId, channel: 'SOCIAL' })).toMatchObject({
      field: 'creativeId',
    });
    await run(app, MOVE, { person, input: { creativeId, to: 'RETIRED' } });
    expect(await run(app, MOVE, { person, input: { creativeId, to: 'READY' } })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    expect(await askForLink(app, person, { campaign, creativeId })).toMatchObject({ field: 'creativeId' });
  });

  it('names what is wrong with it, and is listed by channel', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const person = campaign.manager;
    const good = {
      campaignId: campaign.globalId,
      partnerId: globalId('Partner', campaign.leadPartnerId),
      channel: 'EMAIL',
      language: 'en',
      title: 'A',
    };
    const wrong: [string, object][] = [
      ['channel', { channel: 'SMS' }],
      ['language', { language: '??' }],
      ['title', { title: ' ' }],
      ['body', { body: 'x'.repeat(5_001) }],
      ['imageUrl', { imageUrl: 'http://img.example.com/a.png' }],
      ['imageUrl', { imageUrl: 'javascript:alert(1)' }],
      ['imageUrl', { imageUrl: 'https://user:secret@img.example.com/a.png' }],
      ['imageUrl', { imageUrl: '/a.png' }],
    ];
    for (const [field, more] of wrong) {
      expect(await run(app, ADD, { person, input: { ...good, ...more } })).toMatchObject({ field });
    }
    for (const [title, channel] of [
      ['A', 'EMAIL'],
      ['B', 'SOCIAL'],
      ['C', 'EMAIL'],
    ] as const) {
      await run(app, ADD, { person, input: { ...good, title, channel } });
      app.clock.advance(1_000);
    }
    const titles = async (variables: object) => {
      const { campaign: found } = await app.query<{
        campaign: { creatives: { edges: { node: { title: string } }[]; pageInfo: { hasNextPage: boolean } } };
      }>(LIST, { id: campaign.globalId, ...variables }, person);
      return [found.creatives.pageInfo.hasNextPage, ...found.creatives.edges.map(({ node }) => node.title)];
    };
    expect(await titles({ channel: 'EMAIL' })).toEqual([false, 'C', 'A']);
    expect(await titles({ first: 2 })).toEqual([true, 'C', 'B']);
    const stranger = await aMember(app, { partnerId: (await aPartner(app)).id, role: 'OWNER' });
    expect(await run(app, ADD, { person: stranger, input: good })).toMatchObject({ code: 'FORBIDDEN' });
  });
});
