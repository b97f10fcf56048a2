import { readPathsFile } from '../../../src/bin/attribute-paths-file.ts';
import {
  type AttributionModelName,
  CHANNEL_MODELS,
  DEFAULT_SETTINGS,
  JourneyLog,
  type Paths,
} from '../../../src/math/attribution/index.ts';
import { percentile } from '../bench.ts';
import { drawJourneys } from './synthetic-journeys.ts';

/** Run in a process of its own, so that the peak of memory is that of one task. */
const [source = '', name = '', orderText = '1'] = process.argv.slice(2);
const model = CHANNEL_MODELS[name as AttributionModelName]({ ...DEFAULT_SETTINGS, order: Number(orderText) });
const keepAges = name === 'TIME_DECAY';
const ROUNDS = 7;
/** After so many seconds what was measured is enough. */
const ENOUGH_SECONDS = 10;

/** `synthetic:<journeys>:<channels>`, or a file of paths. */
async function readJourneys(): Promise<{ paths: Paths; figures: Record<string, number> }> {
  if (!source.startsWith('synthetic:')) return { paths: await readPathsFile(source), figures: {} };
  const [, journeys, channels] = source.split(':').map(Number) as [number, number, number];
  const log = new JourneyLog();
  const collectMs = timed(() => drawJourneys(log, { journeys, channels, seed: 1 })).ms;
  const { ms: cutMs, result } = timed(() => log.cut({ windowDays: 30, keepAges }));
  return { paths: result.paths, figures: { collectSeconds: collectMs / 1_000, cutSeconds: cutMs / 1_000 } };
}

function timed<Result>(work: () => Result): { ms: number; result: Result } {
  const startedMs = performance.now();
  const result = work();
  return { ms: performance.now() - startedMs, result };
}

const { paths, figures } = await readJourneys();
const { conversions, nulls } = paths;
const rounds: number[] = [];
let check = 0;
for (let spentMs = 0; rounds.length < ROUNDS && spentMs < ENOUGH_SECONDS * 1_000; ) {
  const { ms, result } = timed(() => model(paths)(paths));
  rounds.push(ms);
  spentMs += ms;
  check = Math.max(...result.map((row) => row.conversions));
}
const journeys = conversions.reduce((sum, count, path) => sum + count + (nulls[path] ?? 0), 0);
const measured = {
  journeys,
  paths: conversions.length,
  channels: paths.channels.length,
  ...figures,
  firstMs: rounds[0],
  medianMs: percentile(rounds, 0.5),
  rounds: rounds.length,
  peakMiB: process.resourceUsage().maxRSS / 1_024,
  check,
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
