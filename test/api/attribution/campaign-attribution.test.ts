import { describe, expect, it } from 'vitest';
import {
  aManagedCampaign,
  aPurchase,
  reportTouchpoints,
  rowsIn,
  type TestCampaign,
  touchpoints,
} from '../../support/campaigns.ts';
import { aPartner } from '../../support/partners.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const ATTRIBUTION = /* GraphQL */ `
  query ($id: ID!, $model: AttributionModel!) {
    campaign(id: $id) {
      attribution(model: $model) {
        run { number conversions computedAt }
        total { conversions values { minor currency } }
        rows { partner { name } channel conversions value { minor currency } share }
      }
    }
  }`;

interface Attribution {
  readonly run: { readonly number: number; readonly conversions: number } | null;
  readonly total: { readonly conversions: string; readonly values: readonly { readonly minor: string }[] };
  readonly rows: readonly {
    readonly channel: string;
    readonly conversions: string;
    readonly value: { readonly minor: string; readonly currency: string };
    readonly share: number | null;
  }[];
}

type ManagedCampaign = TestCampaign & { readonly manager: TestPerson };

async function attributionOf(app: TestApp, campaign: ManagedCampaign, model: string): Promise<Attribution> {
  const variables = { id: campaign.globalId, model };
  const data = await app.query<{ campaign: { attribution: Attribution } }>(ATTRIBUTION, variables, campaign.manager);
  return data.campaign.attribution;
}

describe('the attribution of a campaign', () => {
  it('shares a purchase among partners and channels of all campaigns, to the cent', async () => {
    await using app = await startTestApp();
    const gym = await aPartner(app, { name: '飞跃健身' });
    const one = await aManagedCampaign(app, { partners: [{ partnerId: gym.id, role: 'AUDIENCE' }] });
    const two = await aManagedCampaign(app, { channels: ['SMS'] });
    const { id: userId } = await aLearner(app);
    await touchpoints(app, [
      { campaign: one, userId, at: '2026-10-10T08:00:00Z', channel: 'EMAIL' },
      { campaign: one, userId, at: '2026-10-11T08:00:00Z', channel: 'SOCIAL', partnerId: gym.id },
      { campaign: two, userId, at: '2026-10-12T08:00:00Z', channel: 'SMS' },
    ]);
    await aPurchase(app, { userId, valueMinor: 10_000n, at: '2026-10-13T08:00:00Z' });
    await app.drainJobs();
    expect(await attributionOf(app, one, 'LINEAR')).toMatchObject({
      run: { number: 1, conversions: 1, computedAt: '2026-11-01T08:00:00.000Z' },
      total: { conversions: '0.666667', values: [{ minor: '6667', currency: 'CNY' }] },
      rows: [
        { channel: 'EMAIL', conversions: '0.333334', value: { minor: '3334' }, share: 3334 / 6667 },
        { channel: 'SOCIAL', partner: { name: '飞跃健身' }, conversions: '0.333333', value: { minor: '3333' } },
      ],
    });
    expect(await attributionOf(app, two, 'LINEAR')).toMatchObject({ rows: [{ value: { minor: '3333' } }] });
    expect(await attributionOf(app, one, 'LAST_TOUCH')).toMatchObject({ run: { conversions: 1 }, rows: [] });
    expect(await attributionOf(app, two, 'LAST_TOUCH')).toMatchObject({
      total: { conversions: '1.000000', values: [{ minor: '10000' }] },
      rows: [{ channel: 'SMS', conversions: '1.000000', share: 1 }],
    });
  });

  it('counts a touch at the end of its window and not past it, by the window of its own campaign', async () => {
    await using app = await startTestApp();
    const short = await aManagedCampaign(app, { attributionWindowDays: 1 });
    const long = await aManagedCampaign(app, { attributionWindowDays: 10 });
    const [inside, outside] = [(await aLearner(app)).id, (await aLearner(app)).id];
    for (const [userId, at] of [
      [inside, '2026-10-10T08:00:00Z'],
      [outside, '2026-10-10T07:59:59.999Z'],
    ] as const) {
      await touchpoints(
        app,
        [short, long].map((campaign) => ({ campaign, userId, at })),
      );
      await aPurchase(app, { userId, at: '2026-10-11T08:00:00Z' });
    }
    await app.drainJobs();
    expect(await attributionOf(app, short, 'LINEAR')).toMatchObject({ total: { conversions: '0.500000' } });
    expect(await attributionOf(app, long, 'LINEAR')).toMatchObject({ total: { conversions: '1.500000' } });
  });

  it('forgets a view after its own window, and a click or visit only after the long one', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app, { attributionWindowDays: 10, viewWindowDays: 1 });
    for (const [kind, at] of [
      ['IMPRESSION', '2026-10-10T08:00:00Z'],
      ['IMPRESSION', '2026-10-10T07:59:59.999Z'],
      ['CLICK', '2026-10-01T08:00:00Z'],
      ['VISIT', '2026-10-01T08:00:00Z'],
      ['CLICK', '2026-10-01T07:59:59.999Z'],
    ] as const) {
      const { id: userId } = await aLearner(app);
      await touchpoints(app, [{ campaign, userId, kind, at }]);
      await aPurchase(app, { userId, at: '2026-10-11T08:00:00Z' });
    }
    await app.drainJobs();
    for (const model of ['LINEAR', 'LAST_TOUCH']) {
      expect(await attributionOf(app, campaign, model)).toMatchObject({
        run: { conversions: 3 },
        total: { conversions: '3.000000' },
      });
    }
    const days = await rowsIn<{ purchases: number }>(app, 'campaign_metrics_daily');
    expect(days.reduce((sum, { purchases }) => sum + purchases, 0)).toBe(3);
  });

  it('gives nothing to views where their window is none, not even at the same instant', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app, { viewWindowDays: 0 });
    const at = '2026-10-10T08:00:00Z';
    const [viewer, clicker] = [(await aLearner(app)).id, (await aLearner(app)).id];
    await touchpoints(app, [
      { campaign, userId: viewer, kind: 'IMPRESSION', at },
      { campaign, userId: clicker, kind: 'CLICK', at: '2026-10-09T08:00:00Z' },
      { campaign, userId: clicker, kind: 'IMPRESSION', channel: 'SOCIAL', at },
    ]);
    for (const userId of [viewer, clicker]) await aPurchase(app, { userId, at });
    await app.drainJobs();
    expect(await attributionOf(app, campaign, 'LAST_TOUCH')).toMatchObject({
      run: { conversions: 1 },
      rows: [{ channel: 'EMAIL', conversions: '1.000000' }],
    });
    const sold = (await rowsIn<{ purchases: number; channel: string }>(app, 'campaign_metrics_daily')).filter(
      ({ purchases }) => purchases > 0,
    );
    expect(sold).toMatchObject([{ channel: 'EMAIL', purchases: 1 }]);
  });

  it('begins a new journey after a purchase, and not after a registration', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const { id: userId } = await aLearner(app);
    await touchpoints(app, [{ campaign, userId, at: '2026-10-10T08:00:00Z' }]);
    const registration = { id: app.platform.ids.next(), kind: 'REGISTRATION', at: '2026-10-10T09:00:00Z' };
    await app.platform.database.orm.em.fork().execute(
      `insert into conversions (id, kind, user_id, value_minor, currency, occurred_at, received_at)
       values (?, ?, ?, 0, 'CNY', ?, ?)`,
      [registration.id, registration.kind, userId, registration.at, registration.at],
    );
    await aPurchase(app, { userId, at: '2026-10-11T08:00:00Z' });
    await aPurchase(app, { userId, at: '2026-10-12T08:00:00Z' });
    await app.drainJobs();
    expect(await attributionOf(app, campaign, 'LINEAR')).toMatchObject({
      run: { conversions: 2 },
      total: { conversions: '2.000000', values: [{ minor: '9900' }] },
    });
  });

  it('changes with a late event, in the other campaigns of the journey too, and keeps the run before', async () => {
    await using app = await startTestApp();
    const one = await aManagedCampaign(app);
    const two = await aManagedCampaign(app);
    const { id: userId } = await aLearner(app);
    await touchpoints(app, [{ campaign: one, visitorId: 'v-1', userId, at: '2026-10-10T08:00:00Z' }]);
    await aPurchase(app, { userId, at: '2026-10-13T08:00:00Z' });
    await app.drainJobs();
    expect(await attributionOf(app, one, 'LAST_TOUCH')).toMatchObject({ run: { number: 1 }, rows: [{ share: 1 }] });
    const late = {
      eventId: 'late',
      campaignId: two.globalId,
      channel: 'SOCIAL',
      kind: 'CLICK',
      userId: Buffer.from(`User:${userId}`).toString('base64url'),
      occurredAt: '2026-10-12T08:00:00Z',
    };
    await reportTouchpoints(app, { partnerId: two.leadPartnerId, events: [late] }, two.manager);
    await app.drainJobs();
    expect(await attributionOf(app, one, 'LAST_TOUCH')).toMatchObject({ run: { number: 2 }, rows: [] });
    expect(await attributionOf(app, two, 'LAST_TOUCH')).toMatchObject({ run: { number: 1 }, rows: [{ share: 1 }] });
    expect(await rowsIn(app, 'attribution_runs')).toHaveLength(6 * 2 + 6);
  });

  it('takes refunds off, and says what it knows of shares of nothing', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const { id: userId } = await aLearner(app);
    await touchpoints(app, [{ campaign, userId, at: '2026-10-10T08:00:00Z' }]);
    const orderId = await aPurchase(app, { userId, valueMinor: 9_900n, at: '2026-10-13T08:00:00Z' });
    await app.drainJobs();
    expect(await attributionOf(app, campaign, 'LINEAR')).toMatchObject({ total: { values: [{ minor: '9900' }] } });
    const refund = (refundedMinor: bigint) =>
      app.platform.database.transaction((em) => app.services.conversions.recordRefund(em, { orderId, refundedMinor }));
    await refund(5_000n);
    await refund(9_900n);
    await app.drainJobs();
    expect(await attributionOf(app, campaign, 'LINEAR')).toMatchObject({
      run: { number: 2 },
      total: { conversions: '1.000000', values: [{ minor: '0' }] },
      rows: [{ conversions: '1.000000', share: null }],
    });
  });

  it('tells the currencies of conversions apart', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    for (const [currency, valueMinor] of [
      ['CNY', 5_000n],
      ['USD', 700n],
    ] as const) {
      const { id: userId } = await aLearner(app);
      await touchpoints(app, [{ campaign, userId, at: '2026-10-10T08:00:00Z' }]);
      await aPurchase(app, { userId, currency, valueMinor, at: '2026-10-13T08:00:00Z' });
    }
    await app.drainJobs();
    const { total, rows } = await attributionOf(app, campaign, 'LINEAR');
    expect(total).toEqual({
      conversions: '2.000000',
      values: [
        { minor: '5000', currency: 'CNY' },
        { minor: '700', currency: 'USD' },
      ],
    });
    expect(rows).toMatchObject([
      { value: { currency: 'CNY' }, share: 1 },
      { value: { currency: 'USD' }, share: 1 },
    ]);
  });
});
