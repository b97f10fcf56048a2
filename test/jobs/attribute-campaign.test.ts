import { expect, it } from 'vitest';
import { parseRatio, type Ratio, ratio, sumRatios } from '../../src/math/allocation/index.ts';
import {
  ATTRIBUTION_MODELS,
  type AttributionModel,
  type AttributionModelName,
  creditValue,
} from '../../src/math/attribution/index.ts';
import { present } from '../../src/shared/invariant.ts';
import { aManagedCampaign, aPurchase, rowsIn, touchpoints } from '../support/campaigns.ts';
import { aLearner } from '../support/people.ts';
import { randomJourneys } from '../support/random-journeys.ts';
import { type RecountedJourney, recountJourneys, type StoredTouch } from '../support/recount.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const JOURNEY_MODELS = ['FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR', 'POSITION', 'TIME_DECAY', 'SHAPLEY'] as const;

interface StoredRun {
  readonly id: string;
  readonly campaign_id: string;
  readonly model: AttributionModelName;
  readonly number: number;
}

/** All that campaigns earned by a model together: credit as a fraction, and value, by campaign, day, partner, channel and currency. */
async function storedSums(app: TestApp, model: AttributionModelName): Promise<Map<string, string>> {
  const { rows } = await app.platform.database.pool.query<{ cell: string; n: bigint; d: bigint; value: bigint }>(
    `select concat_ws(' ', r.campaign_id, to_char(s.day, 'YYYY-MM-DD'), s.partner_id, s.channel, s.currency) as cell,
            s.credit_numerator as n, s.credit_denominator as d, s.value_minor as value
     from attribution_sums s join attribution_runs r on r.id = s.run_id
     where r.model = $1
       and r.number = (select max(number) from attribution_runs o where (o.campaign_id, o.model) = (r.campaign_id, r.model))`,
    [model],
  );
  return sumsByCell(rows.map(({ cell, n, d, value }) => ({ cell, credit: ratio(n, d), value })));
}

/** The same from a recount, each journey by itself. */
function recountedSums(journeys: readonly RecountedJourney[], kernel: AttributionModel): Map<string, string> {
  return sumsByCell(
    journeys.flatMap(({ conversion, touches }) => {
      const touchOf = new Map(touches.map((touch) => [touch.id, touch]));
      const [credited] = kernel.credit([
        {
          id: conversion.id,
          convertedAt: conversion.occurred_at,
          touches: touches.map((touch) => ({ ...touch, occurredAt: touch.occurred_at, channel: playerOf(touch) })),
        },
      ]);
      const credits = credited?.touches ?? [];
      const values = creditValue(conversion.value_minor - conversion.refunded_minor, credits);
      const day = conversion.occurred_at.toISOString().slice(0, 10);
      return credits.flatMap(({ touchId, credit }, at) => {
        const touch = present(touchOf.get(touchId), 'a touch');
        const cell = [touch.campaign_id, day, touch.partner_id, touch.channel, conversion.currency].join(' ');
        return credit.gt(0n) ? [{ cell, credit, value: values[at]?.valueMinor ?? 0n }] : [];
      });
    }),
  );
}

function playerOf(touch: StoredTouch): string {
  return `${touch.campaign_id} ${touch.partner_id} ${touch.channel}`;
}

function sumsByCell(parts: readonly { cell: string; credit: Ratio; value: bigint }[]): Map<string, string> {
  const sums = [...Map.groupBy(parts, ({ cell }) => cell)].map(([cell, some]): [string, string] => {
    const value = some.reduce((sum, part) => sum + part.value, 0n);
    return [cell, `${sumRatios(some.map(({ credit }) => credit)).toFraction()} ${value}`];
  });
  return new Map(sums.sort());
}

it.each([1, 2, 3])(
  'shares every conversion over all campaigns once, to the cent, by every model (seed %i)',
  async (seed) => {
    await using app = await startTestApp();
    const journeys = await randomJourneys(app, { seed, touches: 600, conversions: 200 });
    for (const { id } of journeys.campaigns) await app.services.attribution.attributeCampaign(id);
    const recounted = await recountJourneys(app, journeys);
    expect(recounted.filter(({ touches }) => touches.length > 1).length).toBeGreaterThan(10);
    const led = recounted.filter(({ touches }) => touches.length > 0);
    const worth = led.reduce((sum, { conversion: c }) => sum + c.value_minor - c.refunded_minor, 0n);
    for (const model of JOURNEY_MODELS) {
      const stored = await storedSums(app, model);
      expect(stored).toEqual(recountedSums(recounted, ATTRIBUTION_MODELS[model]));
      const parts = [...stored.values()].map((text) => text.split(' '));
      expect(sumRatios(parts.map(([credit = '']) => parseRatio(credit))).toFraction()).toBe(String(led.length));
      expect(parts.reduce((sum, [, value = '']) => sum + BigInt(value), 0n)).toBe(worth);
    }
  },
);

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
  expect(runs.map(({ model, number }) => `${model} ${number}`).sort()).toEqual(
    JOURNEY_MODELS.map((model) => `${model} 1`).sort(),
  );
  expect(await rowsIn(app, 'attribution_sums')).toHaveLength(6);
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
  expect(await rowsIn(app, 'attribution_runs')).toHaveLength(6);
});
