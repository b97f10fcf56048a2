import { describe, expect, it } from 'vitest';
import { ATTRIBUTION_MODEL_NAMES } from '../../../src/attribution/index.ts';
import { aManagedCampaign, aPurchase, touchpoints } from '../../support/campaigns.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../../support/people.ts';
import { randomJourneys } from '../../support/random-journeys.ts';
import { recountJourneys } from '../../support/recount.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const REPORT = /* GraphQL */ `
  query ($model: AttributionModel!, $from: String = "2026-10-01", $to: String = "2026-10-31", $by: [AttributionDimension!]!) {
    attributionReport(model: $model, from: $from, to: $to, by: $by) {
      model effectsVersions
      rows { partner { id } channel campaign { id name } conversions value { minor currency } }
      totals { conversions value { minor currency } }
    }
  }`;

interface Earned {
  readonly conversions: string;
  readonly value: { readonly minor: string; readonly currency: string };
}

interface Report {
  readonly effectsVersions: readonly number[];
  readonly rows: readonly Earned[];
  readonly totals: readonly Earned[];
}

type Question = {
  readonly model: string;
  readonly by: readonly string[];
  readonly from?: string;
  readonly to?: string;
};

async function reportOf(app: TestApp, question: Question, person: { readonly token: string }): Promise<Report> {
  return (await app.query<{ attributionReport: Report }>(REPORT, { ...question }, person)).attributionReport;
}

/** Micro-conversions and minor units by currency. */
function sumOf(earned: readonly Earned[]): Record<string, string> {
  const sums = [...Map.groupBy(earned, ({ value }) => value.currency)].map(([currency, some]) => {
    const conversions = some.reduce((sum, row) => sum + BigInt(row.conversions.replace('.', '')), 0n);
    const minor = some.reduce((sum, row) => sum + BigInt(row.value.minor), 0n);
    return [currency, `${conversions} ${minor}`];
  });
  return Object.fromEntries(sums);
}

const GROUPINGS = [
  [],
  ['PARTNER'],
  ['CHANNEL'],
  ['CAMPAIGN'],
  ['PARTNER', 'CHANNEL'],
  ['PARTNER', 'CHANNEL', 'CAMPAIGN'],
];

describe('the report of attribution', () => {
  it('sums to the conversions to the minor unit by every model in every grouping', async () => {
    await using app = await startTestApp();
    const journeys = await randomJourneys(app, { seed: 21, touches: 500, conversions: 150 });
    await app.services.removalEffects.learn();
    await app.drainJobs();
    const led = (await recountJourneys(app, journeys)).filter(({ touches }) => touches.length > 0);
    const expected = [...Map.groupBy(led, ({ conversion }) => conversion.currency)].map(([currency, some]) => {
      const minor = some.reduce((sum, { conversion: c }) => sum + c.value_minor - c.refunded_minor, 0n);
      return [currency, `${some.length}000000 ${minor}`];
    });
    const admin = await anAdmin(app);
    for (const model of ATTRIBUTION_MODEL_NAMES) {
      for (const by of GROUPINGS) {
        const report = await reportOf(app, { model, by }, admin);
        expect(sumOf(report.totals)).toEqual(Object.fromEntries(expected));
        expect(sumOf(report.rows)).toEqual(Object.fromEntries(expected));
        expect(report.effectsVersions).toEqual(model === 'MARKOV' ? [1] : []);
      }
    }
  });

  it('tells what was earned of the conversions of its days, and by whom', async () => {
    await using app = await startTestApp();
    const [one, two] = [await aManagedCampaign(app, { name: '秋' }), await aManagedCampaign(app, { name: '冬' })];
    const { id: userId } = await aLearner(app);
    await touchpoints(app, [
      { campaign: one, userId, at: '2026-10-10T08:00:00Z' },
      { campaign: two, userId, channel: 'SOCIAL', at: '2026-10-11T08:00:00Z' },
    ]);
    await aPurchase(app, { userId, valueMinor: 1_001n, at: '2026-10-12T23:59:59.999Z' });
    await app.drainJobs();
    const clerk = await aFinanceClerk(app);
    const day = (from: string, to = from) => ({ model: 'LINEAR', by: ['CAMPAIGN', 'CHANNEL'], from, to });
    expect(await reportOf(app, day('2026-10-12'), clerk)).toMatchObject({
      rows: [
        { campaign: { name: '秋' }, partner: null, channel: 'EMAIL', conversions: '0.500000', value: { minor: '501' } },
        {
          campaign: { name: '冬' },
          partner: null,
          channel: 'SOCIAL',
          conversions: '0.500000',
          value: { minor: '500' },
        },
      ],
      totals: [{ conversions: '1.000000', value: { minor: '1001', currency: 'CNY' } }],
    });
    for (const outside of [day('2026-10-11'), day('2026-10-13', '2026-12-31')]) {
      expect(await reportOf(app, outside, clerk)).toMatchObject({ rows: [], totals: [] });
    }
    const none = await reportOf(app, { model: 'LAST_TOUCH', by: [] }, clerk);
    expect(none.rows).toMatchObject([{ campaign: null, partner: null, channel: null, conversions: '1.000000' }]);
  });

  it('costs as many statements for one row as for many', async () => {
    await using app = await startTestApp();
    const admin = await anAdmin(app);
    const count = () => countQueries(app, () => reportOf(app, { model: 'LINEAR', by: ['PARTNER', 'CAMPAIGN'] }, admin));
    const campaign = await aManagedCampaign(app);
    const { id: userId } = await aLearner(app);
    await touchpoints(app, [{ campaign, userId, at: '2026-10-10T08:00:00Z' }]);
    await aPurchase(app, { userId, at: '2026-10-12T08:00:00Z' });
    await app.drainJobs();
    const forOne = await count();
    const { campaigns } = await randomJourneys(app, { seed: 22, touches: 300, conversions: 60 });
    for (const { id } of campaigns) await app.services.attribution.attributeCampaign(id);
    const { rows } = await reportOf(app, { model: 'LINEAR', by: ['PARTNER', 'CAMPAIGN'] }, admin);
    expect(rows.length).toBeGreaterThan(8);
    expect(await count()).toBe(forOne);
  });

  it('is for finance staff and admins, and for days that are', async () => {
    await using app = await startTestApp();
    const { manager } = await aManagedCampaign(app);
    const ask = async (variables: object, person?: { token: string }) => {
      const answer = await app.graphql(REPORT, { model: 'LINEAR', by: [], ...variables }, person ?? {});
      return answer.errors?.[0]?.extensions;
    };
    expect(await ask({}, manager)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await ask({})).toMatchObject({ code: 'UNAUTHENTICATED' });
    const admin = await anAdmin(app);
    expect(await ask({ from: '2026-10-32' }, admin)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await ask({ from: '2026-11-02', to: '2026-11-01' }, admin)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await ask({ from: '2020-01-01' }, admin)).toMatchObject({ code: 'INVALID_INPUT' });
  });
});
