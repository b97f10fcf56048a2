import { describe, expect, it } from 'vitest';
import { recurrences } from '../../jobs/schedule.ts';
import { CHANNEL_MODELS, creditByEffects, PathTable } from '../../src/math/attribution/index.ts';
import { asPlayer, recountedSums, storedSums, totalOf } from '../support/attribution-sums.ts';
import { aManagedCampaign, aPurchase, rowsIn, touchpoints } from '../support/campaigns.ts';
import { aLearner } from '../support/people.ts';
import { randomJourneys } from '../support/random-journeys.ts';
import { recountJourneys, recountLost } from '../support/recount.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

interface StoredVersion {
  readonly id: string;
  readonly number: number;
  readonly markov_order: number;
  readonly converted_journeys: bigint;
  readonly lost_journeys: bigint;
}

interface StoredEffect {
  readonly version_id: string;
  readonly campaign_id: string;
  readonly partner_id: string;
  readonly channel: string;
  readonly effect_billionths: number;
}

async function versions(app: TestApp): Promise<StoredVersion[]> {
  return (await rowsIn<StoredVersion>(app, 'removal_effect_versions')).sort((a, b) => a.number - b.number);
}

/** Billionths by player, of the newest version. */
async function newestEffects(app: TestApp): Promise<Map<string, number>> {
  const newest = (await versions(app)).at(-1)?.id;
  const effects = (await rowsIn<StoredEffect>(app, 'removal_effects')).filter((row) => row.version_id === newest);
  return new Map(effects.map((row) => [`${row.campaign_id} ${row.partner_id} ${row.channel}`, row.effect_billionths]));
}

describe.each([
  { seed: 11, order: 1 },
  { seed: 12, order: 2 },
  { seed: 13, order: 3 },
])('removal effects of order $order (seed $seed)', ({ seed, order }) => {
  it('are those of all journeys, and share each conversion once over all campaigns', async () => {
    await using app = await startTestApp();
    const journeys = await randomJourneys(app, { seed, touches: 700, conversions: 60 });
    await app.services.removalEffects.learn({ order });
    await app.drainJobs();
    const led = (await recountJourneys(app, journeys)).filter(({ touches }) => touches.length > 0);
    const lost = await recountLost(app, journeys);
    expect(await versions(app)).toMatchObject([
      { number: 1, markov_order: order, converted_journeys: BigInt(led.length), lost_journeys: BigInt(lost.length) },
    ]);
    expect(lost.length).toBeGreaterThan(5);
    const table = new PathTable();
    const add = (touches: readonly { channel: string }[], outcome: { conversions: number; nulls: number }) =>
      table.add(
        touches.map(({ channel }) => table.channel(channel)),
        { value: 0, ...outcome },
      );
    for (const { touches } of led) add(touches.map(asPlayer), { conversions: 1, nulls: 0 });
    for (const touches of lost) add(touches.map(asPlayer), { conversions: 0, nulls: 1 });
    const paths = table.paths();
    const expected = CHANNEL_MODELS.MARKOV({ order, halfLifeDays: 7 })(paths)(paths);
    const effects = new Map(expected.map(({ channel, removalEffect }) => [channel, removalEffect ?? 0]));
    const billionths = [...effects].map(([player, effect]): [string, number] => [player, Math.round(effect * 1e9)]);
    expect(await newestEffects(app)).toEqual(new Map(billionths.filter(([, effect]) => effect > 0)));
    const stored = await storedSums(app, 'MARKOV');
    expect(stored).toEqual(recountedSums(led, creditByEffects(effects)));
    const valueMinor = led.reduce((sum, { conversion: c }) => sum + c.value_minor - c.refunded_minor, 0n);
    expect(totalOf(stored)).toEqual({ conversions: String(led.length), valueMinor });
    const runs = await rowsIn<{ model: string; effects_version: number | null }>(app, 'attribution_runs');
    for (const run of runs) expect(run.effects_version).toBe(run.model === 'MARKOV' ? 1 : null);
  });
});

describe('learning removal effects', () => {
  it('makes a version when journeys teach something new, at the order of the version before, and runs by it', async () => {
    await using app = await startTestApp();
    const [one, two] = [await aManagedCampaign(app), await aManagedCampaign(app)];
    const person = async () => (await aLearner(app)).id;
    const [buyer, looker] = [await person(), await person()];
    await touchpoints(app, [
      { campaign: one, userId: buyer, at: '2026-10-10T08:00:00Z' },
      { campaign: two, userId: buyer, at: '2026-10-11T08:00:00Z' },
      { campaign: two, userId: looker, at: '2026-10-11T08:00:00Z' },
    ]);
    await aPurchase(app, { userId: buyer, valueMinor: 1_000n, at: '2026-10-12T08:00:00Z' });
    const learn = () => app.services.removalEffects.learn();
    await app.services.removalEffects.learn({ order: 2 });
    await Promise.all([learn(), learn()]);
    expect(await versions(app)).toMatchObject([{ number: 1, markov_order: 2 }]);
    await app.drainJobs();
    expect(totalOf(await storedSums(app, 'MARKOV'))).toEqual({ conversions: '1', valueMinor: 1_000n });
    const late = await person();
    await touchpoints(app, [{ campaign: one, userId: late, at: '2026-10-09T08:00:00Z' }]);
    await aPurchase(app, { userId: late, valueMinor: 500n, at: '2026-10-09T09:00:00Z' });
    await learn();
    await app.drainJobs();
    expect(await versions(app)).toMatchObject([{ number: 1 }, { number: 2, markov_order: 2 }]);
    expect(totalOf(await storedSums(app, 'MARKOV'))).toEqual({ conversions: '2', valueMinor: 1_500n });
    const runs = await rowsIn<{ model: string; number: number; effects_version: number }>(app, 'attribution_runs');
    const markov = runs.filter(({ model }) => model === 'MARKOV');
    expect(Math.max(...markov.map(({ effects_version }) => effects_version))).toBe(2);
  });

  it('is nothing to learn without events, and is due every day', async () => {
    await using app = await startTestApp();
    await app.services.removalEffects.learn();
    await app.services.removalEffects.learn();
    expect(await versions(app)).toMatchObject([{ number: 1, markov_order: 1, converted_journeys: 0n }]);
    const due = await recurrences['learn-removal-effects']?.due(app.clock.now(), app.services);
    expect(due).toEqual([{ job: 'learn-removal-effects', payload: {} }]);
  });
});
