import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aCampaign, aManagedCampaign } from '../../support/campaigns.ts';
import { aContent } from '../../support/contents.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const ONE = 'query ($id: ID!) { campaign(id: $id) { name } }';
const BY_NODE = 'query ($id: ID!) { node(id: $id) { ... on Campaign { name } } }';
const MANY = /* GraphQL */ `
  query ($first: Int! = 20, $after: String) {
    campaigns(first: $first, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges {
        node {
          name
          leadPartner { name }
          partners { role partner { name } }
          contents { title }
          steps { to }
          planVersions { number parts }
          approvals { partner { name } isCurrent }
          budgetShares { partner { name } share { amount } left { amount } }
          launchBlockers { kind message }
          metrics(from: "2026-10-01", to: "2026-10-31", granularity: WEEK) { totals { clicks } }
          byPartner: breakdown(by: PARTNER, from: "2026-10-01", to: "2026-10-31") { partner { name } clicks }
          byChannel: breakdown(by: CHANNEL, from: "2026-10-01", to: "2026-10-31") { channel clicks }
          lastTouch: attribution(model: LAST_TOUCH) { computing run { number } rows { partner { name } } }
          linear: attribution(model: LINEAR) { computing run { number } rows { partner { name } } }
        }
      }
    }
  }`;
const PARTS = /* GraphQL */ `
  query {
    campaigns(first: 8) {
      edges {
        node {
          tasks(first: 3) { edges { node { title ownerName partner { name } } } }
          creatives(first: 3) { edges { node { title partner { name } } } }
          links(first: 3) { edges { node { clicks dropped { reason } creative { title } partner { name } } } }
          coupons(first: 3) { edges { node { code uses partner { name } } } }
        }
      }
    }
  }`;

interface Listed {
  readonly campaigns: {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly edges: readonly { readonly node: { readonly name: string } }[];
  };
}

describe('a campaign', () => {
  it('is seen by members of its partners in any role, and by staff', async () => {
    await using app = await startTestApp();
    const guest = await aPartner(app);
    const campaign = await aCampaign(app, { name: '双修', partners: [{ partnerId: guest.id, role: 'SPONSOR' }] });
    const people = [
      await aMember(app, { partnerId: campaign.leadPartnerId, role: 'VIEWER' }),
      await aMember(app, { partnerId: guest.id, role: 'FINANCE' }),
      await aFinanceClerk(app),
      await anAdmin(app),
    ];
    for (const person of people) {
      expect((await app.graphql(ONE, { id: campaign.globalId }, person)).data).toEqual({ campaign: { name: '双修' } });
      expect((await app.graphql(BY_NODE, { id: campaign.globalId }, person)).data).toEqual({ node: { name: '双修' } });
    }
  });

  it('is forbidden to everybody else, in the same words whether it exists or not', async () => {
    await using app = await startTestApp();
    const campaign = await aCampaign(app);
    const absent = globalId('Campaign', '00000000-0000-7000-8000-000000000000');
    const other = await aMember(app, { partnerId: (await aPartner(app)).id, role: 'OWNER' });
    for (const person of [other, await aLearner(app)]) {
      const [real, unreal] = await Promise.all(
        [campaign.globalId, absent].map((id) => app.graphql(ONE, { id }, person)),
      );
      expect(real?.errors[0]).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
      expect(unreal?.errors[0]?.message).toBe(real?.errors[0]?.message);
      expect(unreal?.errors[0]).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
      expect((await app.graphql(BY_NODE, { id: campaign.globalId }, person)).data).toEqual({ node: null });
    }
    const anonymous = await app.graphql(ONE, { id: campaign.globalId });
    expect(anonymous.errors[0]).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
    expect((await app.graphql(ONE, { id: absent }, await anAdmin(app))).data).toEqual({ campaign: null });
  });
});

describe('the list of campaigns', () => {
  it('shows the own ones in pages, the latest start first', async () => {
    await using app = await startTestApp();
    const { id: leadPartnerId } = await aPartner(app);
    const manager = await aMember(app, { partnerId: leadPartnerId, role: 'MANAGER' });
    await aCampaign(app, { name: 'of others' });
    for (const [name, day] of [
      ['b', '02'],
      ['a', '01'],
      ['d', '03'],
      ['c', '02'],
    ] as const) {
      await aCampaign(app, { name, leadPartnerId, startsAt: new Date(`2026-10-${day}T00:00:00Z`) });
    }
    const names: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 2; page += 1) {
      const { campaigns }: Listed = await app.query<Listed>(MANY, { first: 2, after }, manager);
      expect(campaigns.pageInfo.hasNextPage).toBe(page === 0);
      names.push(...campaigns.edges.map(({ node }) => node.name));
      after = campaigns.pageInfo.endCursor;
    }
    expect(names).toEqual(['d', 'c', 'b', 'a']);
    const odd = await app.graphql(MANY, { after: Buffer.from('["x","y"]').toString('base64url') }, manager);
    expect(odd.errors[0]).toMatchObject({ extensions: { code: 'INVALID_INPUT' } });
  });

  it('is empty for a learner, and not for the anonymous', async () => {
    await using app = await startTestApp();
    await aCampaign(app);
    expect((await app.query<Listed>(MANY, {}, await aLearner(app))).campaigns.edges).toEqual([]);
    expect((await app.graphql(MANY)).errors[0]).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
  });

  it('costs as many statements for eight whole dashboards as for one', async () => {
    await using app = await startTestApp();
    const one = await aManagedCampaign(app, { state: 'PAUSED' });
    const { leadPartnerId } = one;
    const dashboards = async () => {
      const { campaigns } = await app.query<Listed>(MANY, {}, one.manager);
      return campaigns.edges.length;
    };
    const fill = async (id: string) => {
      await app.services.campaigns.addContents(
        { kind: 'SYSTEM', name: 'test' },
        { campaignId: id, contentIds: [(await aContent(app, { partnerId: leadPartnerId })).id] },
      );
      await app.services.campaignMetrics.refresh(id);
      await app.services.attribution.attributeCampaign(id);
    };
    await fill(one.id);
    expect(await dashboards()).toBe(1);
    const forOne = await countQueries(app, dashboards);
    for (let more = 0; more < 7; more += 1) await fill((await aCampaign(app, { leadPartnerId, state: 'PAUSED' })).id);
    expect(await dashboards()).toBe(8);
    expect(await countQueries(app, dashboards)).toBe(forOne);
    expect(forOne).toBeLessThanOrEqual(17);
  });

  it('costs as many statements for all that belongs to eight campaigns as for one', async () => {
    await using app = await startTestApp();
    const { id, leadPartnerId: partnerId, manager } = await aManagedCampaign(app);
    const read = async () => {
      const { campaigns } = await app.query<Listed>(PARTS, {}, manager);
      expect(JSON.stringify(campaigns).match(/"title":"B"/g)).toHaveLength(campaigns.edges.length * 3);
      return campaigns.edges.length;
    };
    await fillWithParts(app, { campaignId: id, partnerId, ownerId: manager.id });
    expect(await read()).toBe(1);
    const forOne = await countQueries(app, read);
    for (let more = 0; more < 7; more += 1) {
      const campaign = await aCampaign(app, { leadPartnerId: partnerId });
      await fillWithParts(app, { campaignId: campaign.id, partnerId, ownerId: manager.id });
    }
    expect(await read()).toBe(8);
    expect(await countQueries(app, read)).toBe(forOne);
    expect(forOne).toBeLessThanOrEqual(11);
  });
});

/** Gives a campaign two of everything that belongs to it. */
async function fillWithParts(
  app: TestApp,
  { ownerId, ...place }: { campaignId: string; partnerId: string; ownerId: string },
): Promise<void> {
  const tester = { kind: 'SYSTEM', name: 'test' } as const;
  const { campaignTasks, campaignCreatives, campaignLinks, campaignCoupons } = app.services;
  const part = { ...place, channel: 'EMAIL' } as const;
  for (const title of ['A', 'B']) {
    await campaignTasks.add(tester, { ...place, ownerId, title, dueAt: app.clock.now(), required: false });
    const text = { language: 'en', title, body: '', imageUrl: null };
    const { id: creativeId } = await campaignCreatives.add(tester, { ...part, ...text });
    await campaignLinks.create(tester, { ...part, creativeId, target: '/a', expiresAt: null });
    const times = { validFrom: null, validUntil: null, maxUses: null };
    await campaignCoupons.create(tester, { ...part, ...times, code: null });
  }
}

const REFRESH = /* GraphQL */ `
  mutation ($id: ID!) {
    refreshCampaign(campaignId: $id) {
      ... on RefreshCampaignSuccess { metricsJobId attributionJobId }
      ... on UserError { code }
    }
  }`;
const RUN =
  'query ($id: ID!) { campaign(id: $id) { attribution(model: LINEAR) { computing run { number } total { conversions } rows { conversions } } } }';

interface Refreshed {
  readonly refreshCampaign: { readonly metricsJobId: string; readonly attributionJobId: string };
}

describe('refreshing a campaign', () => {
  it('says that nothing was worked out yet, then that it is under way, then what came out', async () => {
    await using app = await startTestApp();
    const guest = await aPartner(app);
    const campaign = await aCampaign(app, { partners: [{ partnerId: guest.id, role: 'CHANNEL' }] });
    const manager = await aMember(app, { partnerId: guest.id, role: 'MANAGER' });
    const read = async () => {
      const data = await app.query<{ campaign: { attribution: unknown } }>(RUN, { id: campaign.globalId }, manager);
      return data.campaign.attribution;
    };
    expect(await read()).toEqual({ computing: false, run: null, total: null, rows: [] });
    const { refreshCampaign } = await app.query<Refreshed>(REFRESH, { id: campaign.globalId }, manager);
    expect(await read()).toEqual({ computing: true, run: null, total: null, rows: [] });
    await app.drainJobs();
    expect(await read()).toEqual({
      computing: false,
      run: { number: 1 },
      total: { conversions: '0.000000' },
      rows: [],
    });
    for (const id of [refreshCampaign.attributionJobId, refreshCampaign.metricsJobId]) {
      const job = await app.graphql('query ($id: ID!) { job(id: $id) { state } }', { id }, manager);
      expect(job.data).toEqual({ job: { state: 'DONE' } });
    }
  });

  it('is for owners and managers of its partners', async () => {
    await using app = await startTestApp();
    const campaign = await aCampaign(app);
    const viewer = await aMember(app, { partnerId: campaign.leadPartnerId, role: 'VIEWER' });
    const other = await aMember(app, { partnerId: (await aPartner(app)).id, role: 'OWNER' });
    for (const person of [viewer, other, await aLearner(app)]) {
      const answer = await app.graphql(REFRESH, { id: campaign.globalId }, person);
      expect(answer.data).toEqual({ refreshCampaign: { code: 'FORBIDDEN' } });
    }
    const anonymous = await app.graphql(REFRESH, { id: campaign.globalId });
    expect(anonymous.data).toEqual({ refreshCampaign: { code: 'UNAUTHENTICATED' } });
  });
});
