import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { rowsIn } from '../support/campaigns.ts';
import { randomJourneys } from '../support/random-journeys.ts';
import { recountJourneys, type StoredTouch } from '../support/recount.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

interface Figures {
  impressions: number;
  clicks: number;
  registrations: number;
  purchases: number;
  revenue: bigint;
  refunded: bigint;
}

const NOTHING: Figures = { impressions: 0, clicks: 0, registrations: 0, purchases: 0, revenue: 0n, refunded: 0n };

async function storedFigures(app: TestApp): Promise<Map<string, Figures>> {
  const { rows } = await sql<Figures & { key: string }>`
    select concat_ws(' ', campaign_id, day, partner_id, channel) as key, impressions, clicks, registrations, purchases,
           revenue_minor as revenue, refunded_minor as refunded
    from campaign_metrics_daily`.execute(app.platform.database.read());
  return new Map(rows.map(({ key, ...figures }) => [key, figures]));
}

it.each([1, 2, 3])('gives the figures that counting event by event gives (seed %i)', async (seed) => {
  await using app = await startTestApp();
  const journeys = await randomJourneys(app, { seed, touches: 600, conversions: 200 });
  for (const { id } of journeys.campaigns) await app.services.campaignMetrics.refresh(id);
  const counted = new Map<string, Figures>();
  const cell = (touch: StoredTouch, at: Date) => {
    const key = [touch.campaign_id, at.toISOString().slice(0, 10), touch.partner_id, touch.channel].join(' ');
    const figures = counted.get(key) ?? { ...NOTHING };
    counted.set(key, figures);
    return figures;
  };
  for (const touch of await rowsIn<StoredTouch>(app, 'touchpoints')) {
    const figures = cell(touch, touch.occurred_at);
    if (touch.kind === 'IMPRESSION') figures.impressions += 1;
    if (touch.kind === 'CLICK') figures.clicks += 1;
  }
  const currencyOf = new Map(journeys.campaigns.map(({ id, clickDays }) => [id, clickDays === 3 ? 'USD' : 'CNY']));
  for (const { conversion, touches } of await recountJourneys(app, journeys)) {
    const last = touches.at(-1);
    if (!last) continue;
    const figures = cell(last, conversion.occurred_at);
    if (conversion.kind === 'REGISTRATION') figures.registrations += 1;
    if (conversion.kind !== 'PURCHASE') continue;
    figures.purchases += 1;
    if (conversion.currency !== currencyOf.get(last.campaign_id)) continue;
    figures.revenue += conversion.value_minor;
    figures.refunded += conversion.refunded_minor;
  }
  expect([...counted.values()].filter(({ purchases }) => purchases > 0).length).toBeGreaterThan(5);
  expect(await storedFigures(app)).toEqual(counted);
});

it('gives the same figures when it runs again, and when several run at once', async () => {
  await using app = await startTestApp();
  const { campaigns } = await randomJourneys(app, { seed: 4, touches: 100, conversions: 40 });
  const refresh = () => Promise.all(campaigns.map(({ id }) => app.services.campaignMetrics.refresh(id)));
  await refresh();
  const first = await storedFigures(app);
  await Promise.all([refresh(), refresh(), refresh()]);
  expect(await storedFigures(app)).toEqual(first);
});
