import { describe, expect, it } from 'vitest';
import { aManagedCampaign, aPurchase, reportTouchpoints, touchpoints } from '../../support/campaigns.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aPartner } from '../../support/partners.ts';
import { aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const RUNS = /* GraphQL */ `
  query ($id: ID!, $model: AttributionModel!, $first: Int = 10, $after: String, $since: Int) {
    attributionRuns(campaignId: $id, model: $model, first: $first, after: $after) {
      edges { node {
        number conversions effectsVersion
        changes(since: $since) {
          partner { name } channel
          before { conversions value { minor } }
          after { conversions value { minor } }
          difference { conversions value { minor currency } }
        }
      } }
      pageInfo { endCursor hasNextPage }
    }
  }`;

interface Runs {
  readonly edges: readonly { readonly node: { readonly number: number; readonly changes: readonly unknown[] } }[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

interface Question {
  readonly id: string;
  readonly model: string;
  readonly first?: number;
  readonly after?: string;
  readonly since?: number;
}

async function runsOf(app: TestApp, question: Question, person: { readonly token: string }): Promise<Runs> {
  return (await app.query<{ attributionRuns: Runs }>(RUNS, { ...question }, person)).attributionRuns;
}

/** A purchase of 100.00 after a mail, then a later touch reported late, then half of it paid back. */
async function aHistory(app: TestApp) {
  const gym = await aPartner(app, { name: '飞跃健身' });
  const campaign = await aManagedCampaign(app, { partners: [{ partnerId: gym.id, role: 'AUDIENCE' }] });
  const { id: userId } = await aLearner(app);
  await touchpoints(app, [{ campaign, userId, partnerId: gym.id, at: '2026-10-10T08:00:00Z' }]);
  const orderId = await aPurchase(app, { userId, valueMinor: 10_000n, at: '2026-10-13T08:00:00Z' });
  await app.drainJobs();
  const late = {
    eventId: 'late',
    campaignId: campaign.globalId,
    channel: 'SOCIAL',
    kind: 'CLICK',
    userId: Buffer.from(`User:${userId}`).toString('base64url'),
    occurredAt: '2026-10-12T08:00:00Z',
  };
  await reportTouchpoints(app, { partnerId: campaign.leadPartnerId, events: [late] }, campaign.manager);
  await app.drainJobs();
  await app.platform.database.transaction((em) =>
    app.services.conversions.recordRefund(em, { orderId, refundedMinor: 5_000n }),
  );
  await app.drainJobs();
  return campaign;
}

describe('the runs of a campaign', () => {
  it('tell, newest first, what a late event and a refund changed', async () => {
    await using app = await startTestApp();
    const { globalId: id, manager } = await aHistory(app);
    const { edges } = await runsOf(app, { id, model: 'LINEAR' }, manager);
    const earned = (conversions: string, minor: string) => ({ conversions, value: { minor } });
    expect(edges.map(({ node }) => node)).toMatchObject([
      {
        number: 3,
        changes: [
          {
            channel: 'EMAIL',
            before: earned('0.500000', '5000'),
            after: earned('0.500000', '2500'),
            difference: { conversions: '0.000000', value: { minor: '-2500', currency: 'CNY' } },
          },
          { channel: 'SOCIAL', difference: earned('0.000000', '-2500') },
        ],
      },
      {
        number: 2,
        changes: [
          { channel: 'EMAIL', partner: { name: '飞跃健身' }, difference: earned('-0.500000', '-5000') },
          { channel: 'SOCIAL', before: earned('0.000000', '0'), difference: earned('0.500000', '5000') },
        ],
      },
      {
        number: 1,
        conversions: 1,
        effectsVersion: null,
        changes: [{ channel: 'EMAIL', before: earned('0.000000', '0'), difference: earned('1.000000', '10000') }],
      },
    ]);
    // By the first touch only the refund changed anything.
    const first = await runsOf(app, { id, model: 'FIRST_TOUCH' }, manager);
    expect(first.edges.map(({ node }) => node)).toMatchObject([
      { number: 3, changes: [{ channel: 'EMAIL', difference: earned('0.000000', '-5000') }] },
      { number: 2, changes: [] },
      { number: 1 },
    ]);
  });

  it('compare with any other run, and refuse one that there is not', async () => {
    await using app = await startTestApp();
    const { globalId: id, manager } = await aHistory(app);
    const page = await runsOf(app, { id, model: 'LAST_TOUCH', first: 1, since: 1 }, manager);
    expect(page.edges[0]?.node).toMatchObject({
      number: 3,
      changes: [
        { channel: 'EMAIL', difference: { conversions: '-1.000000', value: { minor: '-10000' } } },
        { channel: 'SOCIAL', difference: { conversions: '1.000000', value: { minor: '5000' } } },
      ],
    });
    for (const since of [0, 3, 7]) {
      const answer = await app.graphql(RUNS, { id, model: 'LAST_TOUCH', first: 1, since }, { token: manager.token });
      expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
    }
  });

  it('come in pages, by as many statements for one run as for many', async () => {
    await using app = await startTestApp();
    const { globalId: id, manager } = await aHistory(app);
    const page = await runsOf(app, { id, model: 'SHAPLEY', first: 2 }, manager);
    expect(page).toMatchObject({
      edges: [{ node: { number: 3 } }, { node: { number: 2 } }],
      pageInfo: { hasNextPage: true },
    });
    const { endCursor: after } = page.pageInfo;
    expect(await runsOf(app, { id, model: 'SHAPLEY', first: 2, after }, manager)).toMatchObject({
      edges: [{ node: { number: 1 } }],
      pageInfo: { hasNextPage: false },
    });
    const count = (first: number) => countQueries(app, () => runsOf(app, { id, model: 'SHAPLEY', first }, manager));
    expect(await count(3)).toBe(await count(1));
    const wrong = { id, model: 'SHAPLEY', after: Buffer.from('["x"]').toString('base64url') };
    const answer = await app.graphql(RUNS, wrong, { token: manager.token });
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('are for those who may see the campaign', async () => {
    await using app = await startTestApp();
    const { globalId: id } = await aManagedCampaign(app);
    const { manager: stranger } = await aManagedCampaign(app);
    const ask = (person?: { token: string }) =>
      app.graphql(RUNS, { id, model: 'LINEAR' }, person ? { token: person.token } : {});
    expect((await ask(stranger)).errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await ask()).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await ask(await anAdmin(app))).data?.attributionRuns).toMatchObject({ edges: [] });
  });
});
