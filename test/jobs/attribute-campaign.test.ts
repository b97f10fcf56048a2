import { expect, it } from 'vitest';
import { ratio, sumRatios } from '../../src/math/allocation/index.ts';
import { ATTRIBUTION_MODELS } from '../../src/math/attribution/index.ts';
import { aManagedCampaign, aPurchase, rowsIn, touchpoints } from '../support/campaigns.ts';
import { aLearner } from '../support/people.ts';
import { randomJourneys } from '../support/random-journeys.ts';
import { recountJourneys } from '../support/recount.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

interface StoredRun {
  readonly id: string;
  readonly campaign_id: string;
  readonly model: 'LAST_TOUCH' | 'LINEAR';
  readonly number: number;
}

interface StoredCredit {
  readonly run_id: string;
  readonly conversion_id: string;
  readonly touchpoint_id: string;
  readonly credit_numerator: bigint;
  readonly credit_denominator: bigint;
  readonly value_minor: bigint;
}

/** The current credits of all campaigns together, by conversion. */
async function creditsByConversion(app: TestApp, model: string): Promise<Map<string, StoredCredit[]>> {
  const runs = (await rowsIn<StoredRun>(app, 'attribution_runs')).filter((run) => run.model === model);
  const current = new Set(
    [...Map.groupBy(runs, (run) => run.campaign_id).values()].map(
      (some) => some.toSorted((a, b) => b.number - a.number)[0]?.id,
    ),
  );
  const credits = (await rowsIn<StoredCredit>(app, 'attribution_credits')).filter((row) => current.has(row.run_id));
  return Map.groupBy(credits, (credit) => credit.conversion_id);
}

it.each([1, 2, 3])('shares every conversion over all campaigns once, to the cent (seed %i)', async (seed) => {
  await using app = await startTestApp();
  const journeys = await randomJourneys(app, { seed, touches: 600, conversions: 200 });
  for (const { id } of journeys.campaigns) await app.services.attribution.attributeCampaign(id);
  const recounted = await recountJourneys(app, journeys);
  expect(recounted.filter(({ touches }) => touches.length > 1).length).toBeGreaterThan(10);
  for (const model of ['LAST_TOUCH', 'LINEAR'] as const) {
    const stored = await creditsByConversion(app, model);
    for (const { conversion, touches } of recounted) {
      const credits = stored.get(conversion.id) ?? [];
      const expected = ATTRIBUTION_MODELS[model].credit([
        {
          id: conversion.id,
          convertedAt: conversion.occurred_at,
          touches: touches.map((touch) => ({ ...touch, occurredAt: touch.occurred_at })),
        },
      ]);
      const earning = (expected[0]?.touches ?? []).filter(({ credit }) => credit.gt(0n));
      expect(
        new Map(credits.map((c) => [c.touchpoint_id, ratio(c.credit_numerator, c.credit_denominator).toFraction()])),
      ).toEqual(new Map(earning.map(({ touchId, credit }) => [touchId, credit.toFraction()])));
      if (credits.length === 0) continue;
      const total = sumRatios(credits.map((credit) => ratio(credit.credit_numerator, credit.credit_denominator)));
      expect(total.toFraction()).toBe('1');
      const value = credits.reduce((sum, credit) => sum + credit.value_minor, 0n);
      expect(value).toBe(conversion.value_minor - conversion.refunded_minor);
    }
  }
});

it('makes one run of each model, however often and however many at once', async () => {
  await using app = await startTestApp();
  const campaign = await aManagedCampaign(app);
  const { id: userId } = await aLearner(app);
  await touchpoints(app, [{ campaign, userId, at: '2026-10-10T08:00:00Z' }]);
  await aPurchase(app, { userId, at: '2026-10-11T08:00:00Z' });
  const attribute = () => app.services.attribution.attributeCampaign(campaign.id);
  await Promise.all([attribute(), attribute(), attribute(), attribute()]);
  await attribute();
  const runs = await rowsIn<StoredRun>(app, 'attribution_runs');
  expect(runs.map(({ model, number }) => `${model} ${number}`).sort()).toEqual(['LAST_TOUCH 1', 'LINEAR 1']);
  expect(await rowsIn(app, 'attribution_credits')).toHaveLength(2);
});

it('leaves no run behind when it dies half way, and makes it when it is run again', async () => {
  await using app = await startTestApp();
  const campaign = await aManagedCampaign(app);
  const { id: userId } = await aLearner(app);
  await touchpoints(app, [{ campaign, userId, at: '2026-10-10T08:00:00Z' }]);
  await aPurchase(app, { userId, at: '2026-10-11T08:00:00Z' });
  const die = async () => {
    throw new Error('died');
  };
  await expect(app.services.attribution.attributeCampaign(campaign.id, die)).rejects.toThrow('died');
  expect(await rowsIn(app, 'attribution_runs')).toEqual([]);
  await app.drainJobs();
  expect(await rowsIn(app, 'attribution_runs')).toHaveLength(2);
});
