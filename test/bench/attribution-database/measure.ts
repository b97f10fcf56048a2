import { readJourneyPaths } from '../../../src/attribution/index.ts';
import { connectPlatform } from '../../../src/bin/open-platform.ts';
import { ATTRIBUTION_MODEL_NAMES, CHANNEL_MODELS, DEFAULT_SETTINGS } from '../../../src/math/attribution/index.ts';
import { readConfig } from '../../../src/platform/config.ts';
import type { Platform } from '../../../src/platform/platform.ts';
import { createServices } from '../../../src/services.ts';

type Figures = Record<string, number>;

async function timed<Result>(work: () => Result | Promise<Result>): Promise<{ seconds: number; result: Result }> {
  const startedMs = performance.now();
  const result = await work();
  return { seconds: (performance.now() - startedMs) / 1_000, result };
}

/** One reading with the ages of touches, and every model on it. */
async function measureModels({ database }: Platform): Promise<Figures> {
  const { seconds: loadSeconds, result } = await timed(() => readJourneyPaths(database, { keepAges: true }));
  const { paths, converted, lost, players } = result;
  const figures: Figures = { journeys: converted + lost, players: players.size, loadSeconds };
  let totalSeconds = loadSeconds;
  for (const name of ATTRIBUTION_MODEL_NAMES) {
    const { seconds } = await timed(() => CHANNEL_MODELS[name](DEFAULT_SETTINGS)(paths)(paths));
    figures[name] = seconds;
    totalSeconds += seconds;
  }
  return { ...figures, totalSeconds };
}

/** The job that learns removal effects, up to what it keeps. */
async function measureLearning(platform: Platform, order: number): Promise<Figures> {
  const { removalEffects } = createServices(platform);
  const { seconds: totalSeconds } = await timed(() => removalEffects.learn({ order }));
  const { rows } = await platform.database.pool.query<{ journeys: bigint; players: bigint }>(
    `select converted_journeys + lost_journeys as journeys,
            (select count(*) from removal_effects where version_id = v.id) as players
     from removal_effect_versions v order by number desc limit 1`,
  );
  return { journeys: Number(rows[0]?.journeys), players: Number(rows[0]?.players), totalSeconds };
}

/** The job that credits one campaign journey by journey, and the same again when nothing has changed. */
async function measureCampaign(platform: Platform, campaignId: string): Promise<Figures> {
  const { attribution } = createServices(platform);
  const { seconds: totalSeconds } = await timed(() => attribution.attributeCampaign(campaignId));
  const { seconds: unchangedSeconds } = await timed(() => attribution.attributeCampaign(campaignId));
  const { rows } = await platform.database.pool.query<{ conversions: number }>(
    'select conversions from attribution_runs where campaign_id = $1',
    [campaignId],
  );
  return { journeys: rows[0]?.conversions ?? 0, runs: rows.length, totalSeconds, unchangedSeconds };
}

function measure(platform: Platform): Promise<Figures> {
  if (task === 'models') return measureModels(platform);
  return task === 'learn' ? measureLearning(platform, Number(detail)) : measureCampaign(platform, detail);
}

/** Run in a process of its own, so that the peak of memory is that of one task. */
const [task = '', url = '', detail = ''] = process.argv.slice(2);
const server = { url, stop: async () => undefined, abandon: () => undefined };
const opened = await connectPlatform(readConfig({ LOG_LEVEL: 'error' }), server);
const figures = await measure(opened.platform);
process.stdout.write(JSON.stringify({ ...figures, peakMiB: process.resourceUsage().maxRSS / 1_024 }));
await opened.close();
