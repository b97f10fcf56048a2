import { describe, expect, it } from 'vitest';
import { forecastRegistrations } from '../../../src/math/partner-ranking/index.ts';
import { bulkInsert } from '../../../src/platform/bulk-insert.ts';
import { globalId } from '../../../src/shared/global-id.ts';
import { aCampaign } from '../../support/campaigns.ts';
import { aContent } from '../../support/contents.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aCrowd, deeds, paidOrders } from '../../support/crowds.ts';
import { aDomain, aPartner } from '../../support/partners.ts';
import { aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const EFFECT = /* GraphQL */ `
  query ($input: PartnerEffectInput!, $level: Float! = 0.95) {
    partnerEffect(input: $input) {
      index
      partners {
        partner { name }
        factors { demandFit influence experience promotion dataQuality }
        missing product share weakest
      }
      registrationForecast(level: $level) {
        state campaigns needed reason
        forecast {
          registrations lower upper level extrapolates
          elasticities { demandFit influence experience promotion dataQuality }
        }
      }
    }
  }`;

interface Effect {
  readonly index: number | null;
  readonly partners: readonly Record<string, unknown>[];
  readonly registrationForecast: {
    readonly state: string;
    readonly campaigns: number | null;
    readonly forecast: Record<string, unknown> | null;
  };
}

const GOAL = { domains: [{ domain: 'technology' }] };
const DAY_MS = 86_400_000;

interface Crowded {
  /** All of them view. */
  readonly people: number;
  readonly likes: number;
  readonly buyers: number;
  readonly at?: Date;
}

async function crowd(app: TestApp, content: { id: string; partnerId: string }, crowded: Crowded): Promise<void> {
  const people = await aCrowd(app, crowded.people);
  const at = crowded.at ? { at: crowded.at } : {};
  const contentId = content.id;
  await deeds(app, [
    ...people.map((userId) => ({ userId, contentId, ...at })),
    ...people.slice(0, crowded.likes).map((userId) => ({ userId, contentId, kind: 'LIKE' as const, ...at })),
  ]);
  await paidOrders(
    app,
    people.slice(0, crowded.buyers).map((userId) => ({ userId, content, priceMinor: 100n, ...at })),
  );
}

/** The factors by the words of the schema. */
function factorsOf({ people, likes, buyers }: Crowded, demandFit = 1) {
  const conversion = buyers / people;
  return {
    demandFit,
    influence: Math.log(1 + people) / Math.log(1_000_001),
    experience: likes / (people + likes),
    promotion: conversion / (conversion + 0.05),
    dataQuality: people / (people + 100),
  };
}

const productOf = (factors: ReturnType<typeof factorsOf>) =>
  Object.values(factors).reduce((product, factor) => product * factor, 1);

async function effect(app: TestApp, input: object, level?: number): Promise<Effect> {
  const variables = { input: { goal: GOAL, ...input }, ...(level === undefined ? {} : { level }) };
  return (await app.query<{ partnerEffect: Effect }>(EFFECT, variables, await anAdmin(app))).partnerEffect;
}

/** Campaigns that are over, one a week, each after ten days in which a crowd of its own met its one partner. */
async function pastCampaigns(app: TestApp, content: { id: string; partnerId: string }, count: number) {
  const past = [];
  for (let week = 0; week < count; week++) {
    const startsAt = new Date(app.clock.now().getTime() - (week + 20) * 14 * DAY_MS);
    const crowded = { people: 20 + 7 * (week % 5), likes: 4 + (week % 7), buyers: 10 + (week % 3) };
    await crowd(app, content, { ...crowded, at: new Date(startsAt.getTime() - DAY_MS) });
    const { id } = await aCampaign(app, { leadPartnerId: content.partnerId, state: 'ENDED', startsAt });
    const registrations = 50 + 11 * week;
    await app.platform.database.transaction(async (em) => {
      await bulkInsert(em, 'campaign_contents', [{ campaign_id: id, content_id: content.id }]);
      const day = { campaign_id: id, day: '2026-01-01', partner_id: content.partnerId, channel: 'EMAIL' };
      const counts = { impressions: 0, clicks: 0, registrations, purchases: 0 };
      await bulkInsert(em, 'campaign_metrics_daily', [
        { ...day, ...counts, revenue_minor: 0n, refunded_minor: 0n, cost_minor: 0n },
      ]);
    });
    past.push({ id, partners: [factorsOf(crowded)], registrations });
  }
  return past;
}

describe('the effect of partners together', () => {
  it('is the root of the sum of products of their factors, each of them shown', async () => {
    await using app = await startTestApp();
    const alpha = await aContent(app, { partnerId: (await aPartner(app, { name: 'Alpha' })).id });
    const beta = await aContent(app, { partnerId: (await aPartner(app, { name: 'Beta' })).id });
    const [first, second] = [
      { people: 40, likes: 10, buyers: 10 },
      { people: 100, likes: 5, buyers: 20 },
    ];
    await crowd(app, alpha, first);
    await crowd(app, beta, second);
    const partnerIds = [alpha, beta].map(({ partnerId }) => globalId('Partner', partnerId));
    const { index, partners, registrationForecast } = await effect(app, { partnerIds });
    const products = [productOf(factorsOf(first)), productOf(factorsOf(second))] as const;
    expect(index).toBeCloseTo(Math.sqrt(products[0] + products[1]), 12);
    expect(partners).toMatchObject([
      {
        partner: { name: 'Alpha' },
        factors: { demandFit: 1, experience: 0.2, promotion: expect.closeTo(0.25 / 0.3, 12) },
        missing: [],
        product: expect.closeTo(products[0], 12),
        share: expect.closeTo(products[0] / (products[0] + products[1]), 12),
        weakest: 'EXPERIENCE',
      },
      { partner: { name: 'Beta' }, factors: { dataQuality: 0.5 }, product: expect.closeTo(products[1], 12) },
    ]);
    expect(registrationForecast).toEqual({
      state: 'NOT_ENOUGH_CAMPAIGNS',
      campaigns: 0,
      needed: 20,
      reason: 'Not enough past campaigns of which all factors are known: 0 of 20.',
      forecast: null,
    });
  });

  it('is not told when a factor rests on too few people', async () => {
    await using app = await startTestApp();
    const alpha = await aContent(app);
    const beta = await aContent(app);
    await crowd(app, alpha, { people: 40, likes: 10, buyers: 10 });
    await crowd(app, beta, { people: 40, likes: 10, buyers: 9 });
    const partnerIds = [alpha, beta].map(({ partnerId }) => globalId('Partner', partnerId));
    const told = await effect(app, { partnerIds });
    expect(told.index).toBeNull();
    expect(told.partners).toMatchObject([
      { missing: [], share: null },
      { missing: ['PROMOTION'], product: null, share: null, weakest: null, factors: { promotion: null } },
    ]);
    expect(told.registrationForecast).toMatchObject({ state: 'FACTORS_MISSING', campaigns: null, forecast: null });
  });

  it('comes with a forecast of registrations once 20 past campaigns are known, and not before', async () => {
    await using app = await startTestApp();
    const content = await aContent(app);
    const now = { people: 60, likes: 12, buyers: 12 };
    await crowd(app, content, now);
    const partnerIds = [globalId('Partner', content.partnerId)];
    const past = await pastCampaigns(app, content, 19);
    // Nobody knows what it was for.
    await aCampaign(app, { leadPartnerId: content.partnerId, state: 'SETTLED', startsAt: new Date('2025-01-01') });
    const before = await effect(app, { partnerIds, periodDays: 10 });
    expect(before.registrationForecast).toMatchObject({ state: 'NOT_ENOUGH_CAMPAIGNS', campaigns: 19, forecast: null });
    await using full = await startTestApp();
    const other = await aContent(full);
    await crowd(full, other, now);
    const campaigns = await pastCampaigns(full, other, 20);
    expect(campaigns.length).toBe(past.length + 1);
    const ids = [globalId('Partner', other.partnerId)];
    const { registrationForecast } = await effect(full, { partnerIds: ids, periodDays: 10 }, 0.8);
    const expected = forecastRegistrations(campaigns, [factorsOf(now)], { level: 0.8 });
    if (expected.status !== 'FORECAST') throw new Error('The kernel has enough campaigns.');
    expect(registrationForecast).toMatchObject({ state: 'FORECAST', campaigns: 20 });
    expect(registrationForecast.forecast).toMatchObject({
      registrations: expect.closeTo(expected.registrations, 6),
      lower: expect.closeTo(expected.interval[0], 6),
      upper: expect.closeTo(expected.interval[1], 6),
      level: 0.8,
      elasticities: { demandFit: 0, influence: expect.closeTo(expected.elasticities.influence, 8) },
    });
  });

  it('does not need more statements for more partners and past campaigns', async () => {
    await using app = await startTestApp();
    const content = await aContent(app);
    const admin = await anAdmin(app);
    await crowd(app, content, { people: 20, likes: 5, buyers: 10 });
    const ask = (partnerIds: readonly string[]) =>
      countQueries(app, () =>
        app.query(
          EFFECT,
          { input: { goal: GOAL, partnerIds: partnerIds.map((id) => globalId('Partner', id)) } },
          admin,
        ),
      );
    const few = await ask([content.partnerId]);
    const more = [content.partnerId];
    for (let at = 0; at < 5; at++) {
      const another = await aContent(app);
      await crowd(app, another, { people: 20, likes: 5, buyers: 10 });
      more.push(another.partnerId);
    }
    await pastCampaigns(app, content, 6);
    expect(await ask(more)).toBe(few);
  });

  it('is for admins alone, and says what is wrong with a wish', async () => {
    await using app = await startTestApp();
    await aDomain(app);
    const { id } = await aPartner(app);
    const partnerIds = [globalId('Partner', id)];
    const asked = { input: { goal: GOAL, partnerIds } };
    expect((await app.graphql(EFFECT, asked, await aLearner(app))).errors[0]?.extensions?.code).toBe('FORBIDDEN');
    expect((await app.graphql(EFFECT, asked)).errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const admin = await anAdmin(app);
    const refused = async (variables: object) =>
      (await app.graphql(EFFECT, { ...asked, ...variables }, admin)).errors[0]?.extensions?.field;
    expect(await refused({ input: { goal: GOAL, partnerIds: [] } })).toBe('partnerIds');
    expect(await refused({ input: { goal: { domains: [{ domain: 'nowhere' }] }, partnerIds } })).toBe(
      'goal.domains.0.domain',
    );
    expect(await refused({ input: { goal: GOAL, partnerIds: [globalId('Partner', app.platform.ids.next())] } })).toBe(
      'partnerIds.0',
    );
    expect(await refused({ level: 1 })).toBe('level');
  });
});
