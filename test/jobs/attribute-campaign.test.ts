import { expect, it } from 'vitest';
import { ATTRIBUTION_MODELS, type AttributionModelName } from '../../src/math/attribution/index.ts';
import { recountedSums, storedSums, totalOf } from '../support/attribution-sums.ts';
import { aManagedCampaign, aPurchase, rowsIn, touchpoints } from '../support/campaigns.ts';
import { aLearner } from '../support/people.ts';
import { randomJourneys } from '../support/random-journeys.ts';
import { recountJourneys } from '../support/recount.ts';
import { startTestApp } from '../support/test-app.ts';

const JOURNEY_MODELS = ['FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR', 'POSITION', 'TIME_DECAY', 'SHAPLEY'] as const;

interface StoredRun {
  readonly id: string;
  readonly campaign_id: string;
  readonly model: AttributionModelName;
  readonly number: number;
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
      expect(totalOf(stored)).toEqual({ conversions: String(led.length), valueMinor: worth });
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
