import { describe, expect, it } from 'vitest';
import type { JourneyModelName } from '../../../src/attribution/index.ts';
import { aCampaign, aPurchase, rowsIn, touchpoints } from '../../support/campaigns.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aLearner } from '../../support/people.ts';
import { randomJourneys } from '../../support/random-journeys.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

function creditsFor(
  app: TestApp,
  options: { orderIds: readonly string[]; model?: JourneyModelName; knownAt?: string },
) {
  const { orderIds, model = 'LINEAR', knownAt = '2026-11-01T08:00:00Z' } = options;
  return app.platform.database.transaction(async (em) => {
    const credits = await app.services.attribution.creditsForOrders(em, {
      orderIds,
      model,
      knownAt: new Date(knownAt),
    });
    return new Map(
      [...credits].map(([orderId, some]) => [
        orderId,
        some.map(({ touchpointId, credit }) => `${touchpointId} ${credit.toFraction()}`),
      ]),
    );
  });
}

describe('the credits of orders', () => {
  it('go to the touchpoints of every campaign, by account and by the pseudonyms seen with it', async () => {
    await using app = await startTestApp();
    const [one, two] = [await aCampaign(app), await aCampaign(app)];
    const { id: userId } = await aLearner(app);
    const [first, linking, last] = await touchpoints(app, [
      { campaign: one, visitorId: 'v-1', at: '2026-10-10T08:00:00Z' },
      { campaign: two, visitorId: 'v-1', userId, at: '2026-10-11T08:00:00Z' },
      { campaign: two, userId, at: '2026-10-12T08:00:00Z' },
      { campaign: one, visitorId: 'v-2', at: '2026-10-12T08:00:00Z' },
    ]);
    await app.platform.database.orm.em
      .fork()
      .execute(`insert into visitor_links values ('v-1', ?, '2026-10-11T08:00:00Z')`, [userId]);
    const orderId = await aPurchase(app, { userId, at: '2026-10-13T08:00:00Z' });
    const without = app.platform.ids.next();
    expect(await creditsFor(app, { orderIds: [orderId, without] })).toEqual(
      new Map([
        [orderId, [`${first} 1/3`, `${linking} 1/3`, `${last} 1/3`]],
        [without, []],
      ]),
    );
    expect(await creditsFor(app, { orderIds: [orderId], model: 'LAST_TOUCH' })).toEqual(
      new Map([[orderId, [`${last} 1`]]]),
    );
    // Before the link was seen, the first touch was a stranger's.
    expect(await creditsFor(app, { orderIds: [orderId], knownAt: '2026-10-11T07:59:59Z' })).toEqual(
      new Map([[orderId, []]]),
    );
  });

  it('are those of what had arrived by then, however late it was', async () => {
    await using app = await startTestApp();
    const campaign = await aCampaign(app);
    const { id: userId } = await aLearner(app);
    const [punctual, late] = await touchpoints(app, [
      { campaign, userId, at: '2026-10-10T08:00:00Z' },
      { campaign, userId, at: '2026-10-11T08:00:00Z', receivedAt: '2026-10-20T08:00:00Z' },
    ]);
    const orderId = await aPurchase(app, { userId, at: '2026-10-13T08:00:00Z' });
    expect((await creditsFor(app, { orderIds: [orderId], knownAt: '2026-10-13T09:00:00Z' })).get(orderId)).toEqual([
      `${punctual} 1`,
    ]);
    expect((await creditsFor(app, { orderIds: [orderId], knownAt: '2026-10-20T08:00:00Z' })).get(orderId)).toEqual([
      `${punctual} 1/2`,
      `${late} 1/2`,
    ]);
  });

  it('order touches of one instant by arrival, and give none of them to the next order', async () => {
    await using app = await startTestApp();
    const campaign = await aCampaign(app);
    const { id: userId } = await aLearner(app);
    const at = '2026-10-13T08:00:00Z';
    const [, second] = await touchpoints(app, [
      { campaign, userId, at },
      { campaign, userId, at },
    ]);
    const [one, two] = [await aPurchase(app, { userId, at }), await aPurchase(app, { userId, at })];
    expect(await creditsFor(app, { orderIds: [one, two], model: 'LAST_TOUCH' })).toEqual(
      new Map([
        [one, [`${second} 1`]],
        [two, []],
      ]),
    );
  });

  it('cost three statements for one order and for hundreds', async () => {
    await using app = await startTestApp();
    await randomJourneys(app, { seed: 5, touches: 500, conversions: 300 });
    await app.platform.database.orm.em.fork().execute('update conversions set order_id = id');
    const orderIds = (await rowsIn<{ id: string }>(app, 'conversions')).map(({ id }) => id);
    const overhead = await countQueries(app, () => app.platform.database.transaction(async () => undefined));
    const count = (ids: readonly string[]) => countQueries(app, () => creditsFor(app, { orderIds: ids }));
    expect((await count(orderIds.slice(0, 1))) - overhead).toBe(3);
    expect((await count(orderIds)) - overhead).toBe(3);
  });
});

describe('recording a purchase', () => {
  it('counts an order once, and wants the campaigns of the buyer worked out', async () => {
    await using app = await startTestApp();
    const [met, unmet] = [await aCampaign(app), await aCampaign(app)];
    const { id: userId } = await aLearner(app);
    await touchpoints(app, [{ campaign: met, userId, at: '2026-10-10T08:00:00Z' }]);
    const orderId = await aPurchase(app, { userId, at: '2026-10-13T08:00:00Z' });
    await aPurchase(app, { userId, orderId, at: '2026-10-13T08:00:00Z' });
    expect(await rowsIn(app, 'conversions')).toHaveLength(1);
    const wanted = await rowsIn<{ job: string; payload: { campaignId: string } }>(app, 'outbox_messages');
    expect(wanted.map(({ job, payload }) => `${job} ${payload.campaignId}`).sort()).toEqual([
      `attribute-campaign ${met.id}`,
      `refresh-campaign-metrics ${met.id}`,
    ]);
    expect(wanted.some(({ payload }) => payload.campaignId === unmet.id)).toBe(false);
  });
});
