import { fileURLToPath } from 'node:url';
import { readRankingData } from '../../src/recommendations/evaluation/index.ts';
import type { Bench, Measurement } from './bench.ts';
import { figuresOf, hasPython, ratioRow, withTaskFile } from './side-by-side.ts';
import { madeUpMatrix, writeMatrix } from './similarity/matrices.ts';

const CHILD = fileURLToPath(new URL('similarity/measure.ts', import.meta.url));
const REFERENCE = fileURLToPath(new URL('similarity/reference.py', import.meta.url));
const COURSES = { rowCount: 12_000, columnCount: 2_300, entryCount: 700_000, seed: 1 };
const TEN_MILLION = { rowCount: 100_000, columnCount: 20_000, entryCount: 10_000_000, seed: 1 };

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
    const courses = path ? (await readRankingData({ train: path, test: path })).train : madeUpMatrix(COURSES);
    const measurements = await measureOn(courses, { name: 'courses', python });
    if (args.includes('--quick')) return measurements;
    return [...measurements, ...(await measureOn(madeUpMatrix(TEN_MILLION), { name: '10 million', python }))];
  },
};

function measureOn(
  matrix: Parameters<typeof writeMatrix>[1],
  { name, python }: { name: string; python: boolean },
): Promise<Measurement[]> {
  return withTaskFile(async (path) => {
    await writeMatrix(path, matrix);
    const measurements: Measurement[] = [];
    for (const workers of [1, 2]) {
      const ours = await figuresOf(process.execPath, [CHILD, path, String(workers)]);
      measurements.push({ name: `${name}, ${workers} threads`, figures: ours });
      if (!python) continue;
      const other = await figuresOf('python3', [REFERENCE, path, String(workers)]);
      measurements.push({ name: `${name}, scipy, ${workers} processes`, figures: other });
      measurements.push(ratioRow(`${name}, ratio to scipy`, ours, other));
    }
    return measurements;
  });
}
