import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readRankingData } from '../../src/recommendations/evaluation/index.ts';
import type { Bench, Measurement } from './bench.ts';
import { madeUpMatrix, writeMatrix } from './similarity/matrices.ts';

interface Figures extends Readonly<Record<string, number>> {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

const CHILD = fileURLToPath(new URL('similarity/measure.ts', import.meta.url));
const REFERENCE = fileURLToPath(new URL('similarity/reference.py', import.meta.url));
const COURSES = { rowCount: 12_000, columnCount: 2_300, entryCount: 700_000, seed: 1 };
const TEN_MILLION = { rowCount: 100_000, columnCount: 20_000, entryCount: 10_000_000, seed: 1 };
const run = promisify(execFile);

/** Every figure from a process of its own, one after the other, ours and scipy's in turns. */
export const similarityBench: Bench = {
  name: 'similarity',
  description:
    'The 100 nearest items of each item by cosine, from a matrix of learners by items, in 1 and 2 threads; scipy does ' +
    'the same by its sparse product and a partial sort, in 1 and 2 processes. peak: RSS, that of processes added up, ' +
    'shared pages too; check: sum of the similarities. --train <file>: a line a learner; without it, made up ' +
    'enrolments. --quick: without the ten million interactions.',
  async run(args: readonly string[]): Promise<Measurement[]> {
    const at = args.indexOf('--train');
    const path = at < 0 ? undefined : args[at + 1];
    const python = await hasPython();
    if (!python) process.stdout.write('python3 with numpy and scipy is missing: the comparison with it is left out.\n');
    const courses = path ? (await readRankingData({ train: path, test: path })).train : madeUpMatrix(COURSES);
    const measurements = await measureOn(courses, { name: 'courses', python });
    if (args.includes('--quick')) return measurements;
    return [...measurements, ...(await measureOn(madeUpMatrix(TEN_MILLION), { name: '10 million', python }))];
  },
};

async function measureOn(
  matrix: Parameters<typeof writeMatrix>[1],
  { name, python }: { name: string; python: boolean },
): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-bench-'));
  try {
    const path = join(folder, 'matrix.bin');
    await writeMatrix(path, matrix);
    const measurements: Measurement[] = [];
    for (const workers of [1, 2]) {
      const ours = await figuresOf(process.execPath, [CHILD, path, String(workers)]);
      measurements.push({ name: `${name}, ${workers} threads`, figures: ours });
      if (!python) continue;
      const other = await figuresOf('python3', [REFERENCE, path, String(workers)]);
      measurements.push({ name: `${name}, scipy, ${workers} processes`, figures: other }, ratio(name, ours, other));
    }
    return measurements;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function figuresOf(command: string, args: readonly string[]): Promise<Figures> {
  const { stdout } = await run(command, args);
  return JSON.parse(stdout) as Figures;
}

async function hasPython(): Promise<boolean> {
  return run('python3', ['-c', 'import numpy, scipy']).then(
    () => true,
    () => false,
  );
}

/** Ours over scipy's: below 1, ours takes less. Time on the processor, too: other work has no part in it. */
function ratio(name: string, ours: Figures, other: Figures): Measurement {
  const figures = {
    seconds: ours.seconds / other.seconds,
    cpuSeconds: ours.cpuSeconds / other.cpuSeconds,
    peakMiB: ours.peakMiB / other.peakMiB,
  };
  return { name: `${name}, ratio to scipy`, figures };
}
