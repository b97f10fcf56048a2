import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ATTRIBUTION_MODEL_NAMES } from '../../src/math/attribution/index.ts';
import type { Bench, Measurement } from './bench.ts';

const CHILD = fileURLToPath(new URL('attribution/measure.ts', import.meta.url));
const DEFAULT_DATA = '../shared/data';
const ORDERS = [1, 2, 3, 4];
const run = promisify(execFile);

/** A model, of Markov with its order. */
interface Task {
  readonly model: string;
  readonly order?: number;
}

const MARKOV: Task[] = ORDERS.map((order) => ({ model: 'MARKOV', order }));
const OTHERS: Task[] = ATTRIBUTION_MODEL_NAMES.filter((model) => model !== 'MARKOV').map((model) => ({ model }));
/** Paths have no times. */
const OF_PATHS = OTHERS.filter(({ model }) => model !== 'TIME_DECAY');
const GROWTH = [
  { journeys: 100_000, channels: 10, tasks: [...OTHERS, ...MARKOV] },
  { journeys: 1_000_000, channels: 10, tasks: [...OTHERS, ...MARKOV] },
  { journeys: 1_000_000, channels: 50, tasks: MARKOV.slice(0, 2) },
  { journeys: 1_000_000, channels: 200, tasks: MARKOV.slice(0, 2) },
];
const QUICK = GROWTH.slice(0, 1);

/** Every model on the reference paths, and its growth with journeys and channels; each in a process of its own. */
export const attributionBench: Bench = {
  name: 'attribution',
  description:
    'Attribution of channels, Markov with the removal effects of all. collect: events into the log, cut: into journeys. ' +
    'first, median: the model alone, from paths to credits. peak: RSS. check: the highest credit. --data=<folder>; ' +
    '--quick: the paths there and 100,000 journeys.',
  async run(args): Promise<Measurement[]> {
    const folder = args.find((arg) => arg.startsWith('--data='))?.slice('--data='.length) ?? DEFAULT_DATA;
    const file = join(folder, 'attribution', 'paths.csv');
    const measurements: Measurement[] = [];
    if (await exists(file)) {
      for (const task of [...OF_PATHS, ...MARKOV]) measurements.push(await measure('paths', file, task));
    } else {
      process.stdout.write(`There are no paths in ${file}: say where with --data=<folder>.\n`);
    }
    for (const { journeys, channels, tasks } of args.includes('--quick') ? QUICK : GROWTH) {
      const name = `${journeys / 1_000}k journeys, ${channels} channels`;
      for (const task of tasks) measurements.push(await measure(name, `synthetic:${journeys}:${channels}`, task));
    }
    return measurements;
  },
};

async function measure(name: string, source: string, { model, order }: Task): Promise<Measurement> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', CHILD, source, model, String(order ?? 1)]);
  const figures = JSON.parse(stdout) as Record<string, number>;
  return { name: `${name}, ${model}${order === undefined ? '' : ` ${order}`}`, figures };
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
