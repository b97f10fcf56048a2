import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aManagedCampaign, aPurchase, type TestCampaign, touchpoints } from '../../support/campaigns.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const METRICS = /* GraphQL */ `
  query ($id: ID!, $from: String!, $to: String!, $granularity: Granularity!) {
    campaign(id: $id) {
      metrics(from: $from, to: $to, granularity: $granularity) {
        rows { start clicks }
        totals {
          impressions clicks ctr registrations purchases purchaseRate
          revenue { amount } refunds { amount } cost { amount } roi
        }
      }
      byPartner: breakdown(by: PARTNER, from: $from, to: $to) { partner { id } channel clicks revenue { minor } }
      byChannel: breakdown(by: CHANNEL, from: $from, to: $to) { partner { id } channel clicks revenue { minor } }
    }
  }`;
const COST = /* GraphQL */ `
  mutation ($input: RecordCampaignCostInput!) {
    recordCampaignCost(input: $input) {
      __typename
      ... on UserError { code }
      ... on InvalidInputError { field }
    }
  }`;

interface Dashboard {
  readonly metrics: { readonly rows: readonly object[]; readonly totals: object };
  readonly byPartner: readonly object[];
  readonly byChannel: readonly object[];
}

interface Span {
  readonly from: string;
  readonly to: string;
  readonly granularity?: string;
}

async function dashboard(app: TestApp, campaign: TestCampaign & { manager: TestPerson }, span: Span) {
  const variables = { id: campaign.globalId, granularity: 'DAY', ...span };
  return (await app.query<{ campaign: Dashboard }>(METRICS, variables, campaign.manager)).campaign;
}

describe('the figures of a campaign', () => {
  it('count contacts by their day, sales by the last touch before them, and rates of sums', async () => {
    await using app = await startTestApp();
    const gym = await aPartner(app);
    const campaign = await aManagedCampaign(app, { partners: [{ partnerId: gym.id, role: 'AUDIENCE' }] });
    const [wei, lin] = [(await aLearner(app)).id, (await aLearner(app)).id];
    await touchpoints(app, [
      { campaign, userId: wei, kind: 'IMPRESSION', at: '2026-10-05T23:59:59Z' },
      { campaign, userId: wei, kind: 'IMPRESSION', at: '2026-10-06T00:00:00Z' },
      { campaign, userId: lin, kind: 'IMPRESSION', at: '2026-10-06T01:00:00Z' },
      { campaign, userId: wei, kind: 'VISIT', at: '2026-10-06T02:00:00Z' },
      { campaign, userId: wei, kind: 'CLICK', at: '2026-10-06T03:00:00Z', partnerId: gym.id, channel: 'SOCIAL' },
      { campaign, userId: lin, kind: 'CLICK', at: '2026-10-06T04:00:00Z' },
    ]);
    const orderId = await aPurchase(app, { userId: wei, valueMinor: 20_000n, at: '2026-10-07T00:00:00Z' });
    await aPurchase(app, { userId: lin, valueMinor: 777n, currency: 'USD', at: '2026-10-07T00:00:00Z' });
    await app.platform.database.transaction((em) =>
      app.services.conversions.recordRefund(em, { orderId, refundedMinor: 5_000n }),
    );
    const cost = {
      campaignId: campaign.globalId,
      partnerId: globalId('Partner', campaign.leadPartnerId),
      channel: 'EMAIL',
      day: '2026-10-06',
      costMinor: '10000',
    };
    expect((await app.graphql(COST, { input: cost }, campaign.manager)).data).toMatchObject({
      recordCampaignCost: { __typename: 'RecordCampaignCostSuccess' },
    });
    await app.drainJobs();
    expect(await dashboard(app, campaign, { from: '2026-10-05', to: '2026-10-08' })).toEqual({
      metrics: {
        rows: [
          { start: '2026-10-05', clicks: 0 },
          { start: '2026-10-06', clicks: 2 },
          { start: '2026-10-07', clicks: 0 },
          { start: '2026-10-08', clicks: 0 },
        ],
        totals: {
          impressions: 3,
          clicks: 2,
          ctr: 2 / 3,
          registrations: 0,
          purchases: 2,
          purchaseRate: 1,
          revenue: { amount: '200.00' },
          refunds: { amount: '50.00' },
          cost: { amount: '100.00' },
          roi: 0.5,
        },
      },
      byPartner: [
        { partner: { id: globalId('Partner', gym.id) }, channel: null, clicks: 1, revenue: { minor: '20000' } },
        { partner: { id: cost.partnerId }, channel: null, clicks: 1, revenue: { minor: '0' } },
      ],
      byChannel: [
        { partner: null, channel: 'SOCIAL', clicks: 1, revenue: { minor: '20000' } },
        { partner: null, channel: 'EMAIL', clicks: 1, revenue: { minor: '0' } },
      ],
    });
  });

  it('come by week from Monday and by month, cut at the ends of the span', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const at = (day: string) => ({ campaign, visitorId: 'v-1', at: `${day}T12:00:00Z` });
    await touchpoints(app, ['2026-10-04', '2026-10-05', '2026-10-11', '2026-10-12', '2026-11-01'].map(at));
    await app.services.campaignMetrics.refresh(campaign.id);
    const weeks = await dashboard(app, campaign, { from: '2026-10-05', to: '2026-10-20', granularity: 'WEEK' });
    expect(weeks.metrics.rows).toEqual([
      { start: '2026-10-05', clicks: 2 },
      { start: '2026-10-12', clicks: 1 },
      { start: '2026-10-19', clicks: 0 },
    ]);
    const months = await dashboard(app, campaign, { from: '2026-10-05', to: '2026-11-30', granularity: 'MONTH' });
    expect(months.metrics.rows).toEqual([
      { start: '2026-10-01', clicks: 3 },
      { start: '2026-11-01', clicks: 1 },
    ]);
    expect(months.metrics.totals).toMatchObject({ clicks: 4, ctr: null, purchaseRate: 0, roi: null });
  });

  it('refuse a span that is none, or is too long', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const spans = [
      { from: '2026-10-02', to: '2026-10-01' },
      { from: '2026-02-30', to: '2026-10-01' },
      { from: 'yesterday', to: '2026-10-01' },
      { from: '2020-01-01', to: '2026-10-01' },
    ];
    for (const span of spans) {
      const variables = { id: campaign.globalId, granularity: 'DAY', ...span };
      const { errors } = await app.graphql(METRICS, variables, campaign.manager);
      expect(errors[0]).toMatchObject({ extensions: { code: 'INVALID_INPUT' } });
    }
  });
});

describe('the cost of a campaign', () => {
  it('is what was said last for a day and channel', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const record = (more: object) => {
      const partnerId = globalId('Partner', campaign.leadPartnerId);
      const input = { campaignId: campaign.globalId, partnerId, channel: 'EMAIL', day: '2026-10-06', ...more };
      return app.graphql(COST, { input }, campaign.manager).then((answer) => answer.data?.recordCampaignCost);
    };
    await record({ costMinor: '10000' });
    await record({ costMinor: '12000' });
    await record({ costMinor: '500', channel: 'SOCIAL' });
    await app.drainJobs();
    const { metrics } = await dashboard(app, campaign, { from: '2026-10-06', to: '2026-10-06' });
    expect(metrics.totals).toMatchObject({ cost: { amount: '125.00' }, roi: -1 });
    expect(await record({ costMinor: '-1' })).toMatchObject({ field: 'costMinor' });
    expect(await record({ costMinor: '1000000000001' })).toMatchObject({ field: 'costMinor' });
    expect(await record({ costMinor: '1', channel: 'SMS' })).toMatchObject({ field: 'channel' });
    expect(await record({ costMinor: '1', day: '2026-13-01' })).toMatchObject({ field: 'day' });
  });

  it('is told by those who keep the money of a partner that takes part', async () => {
    await using app = await startTestApp();
    const guest = await aPartner(app);
    const campaign = await aManagedCampaign(app, { partners: [{ partnerId: guest.id, role: 'SPONSOR' }] });
    const outside = await aPartner(app);
    const tell = async (partnerId: string, person: { token: string }) => {
      const input = {
        campaignId: campaign.globalId,
        partnerId: globalId('Partner', partnerId),
        channel: 'EMAIL',
        day: '2026-10-06',
        costMinor: '1',
      };
      return (await app.graphql(COST, { input }, person)).data?.recordCampaignCost;
    };
    const done = { __typename: 'RecordCampaignCostSuccess' };
    const forbidden = { code: 'FORBIDDEN' };
    expect(await tell(guest.id, await aMember(app, { partnerId: guest.id, role: 'FINANCE' }))).toMatchObject(done);
    expect(await tell(guest.id, campaign.manager)).toMatchObject(forbidden);
    expect(await tell(guest.id, await aMember(app, { partnerId: guest.id, role: 'VIEWER' }))).toMatchObject(forbidden);
    expect(await tell(outside.id, await aMember(app, { partnerId: outside.id }))).toMatchObject(forbidden);
  });
});
