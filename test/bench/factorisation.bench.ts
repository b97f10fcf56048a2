import { fileURLToPath } from 'node:url';
import type { Bench, Measurement } from './bench.ts';
import { benchMatrix, writePairs } from './factorisation/pairs.ts';
import { figuresOf, hasPython, ratioRow, withTaskFile } from './side-by-side.ts';

const CHILD = fileURLToPath(new URL('factorisation/measure.ts', import.meta.url));
const REFERENCE = fileURLToPath(new URL('factorisation/reference.py', import.meta.url));
/** Ours runs in one thread, and so does the linear algebra that numpy calls. */
const BLAS_THREADS = { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
const TASKS = [
  { name: 'ease', task: 'ease', size: 0 },
  { name: 'ials 64, a round', task: 'ials', size: 64 },
  { name: 'ials 128, a round', task: 'ials', size: 128 },
  { name: 'svd 128', task: 'svd', size: 128 },
];

/** Each task in a process of its own, then the same by numpy and scipy, on the same interactions. */
export const factorisationBench: Bench = {
  name: 'factorisation',
  description:
    'EASE, rounds of iALS and the randomised SVD, against numpy and scipy doing the same with one BLAS thread, and EASE ' +
    'by ml-matrix. peak: RSS; check: a norm of the result, which for ials differs, since steps are not exact there. ' +
    '--train <file>: learner and item ids a line; without it, made up enrolments of 11,943 learners in 2,297 courses. ' +
    '--quick: without ml-matrix.',
  async run(args: readonly string[]): Promise<Measurement[]> {
    const at = args.indexOf('--train');
    const matrix = await benchMatrix(at < 0 ? undefined : args[at + 1]);
    return withTaskFile(async (path) => {
      await writePairs(path, matrix);
      return measureAll(path, !args.includes('--quick'));
    });
  },
};

async function measureAll(pairs: string, withMlMatrix: boolean): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  const python = await hasPython();
  for (const { name, task, size } of TASKS) {
    const ours = await ourFigures(task, pairs, size);
    measurements.push({ name, figures: ours });
    if (task === 'ease' && withMlMatrix) {
      const other = await ourFigures('ease-ml-matrix', pairs, size);
      measurements.push({ name: `${name}, ml-matrix`, figures: other });
      measurements.push(ratioRow(`${name}: ml-matrix ratio`, ours, other));
    }
    if (!python) continue;
    const other = await figuresOf('python3', [REFERENCE, task, pairs, String(size)], BLAS_THREADS);
    measurements.push({ name: `${name}, numpy`, figures: other }, ratioRow(`${name}: numpy ratio`, ours, other));
  }
  return measurements;
}

function ourFigures(task: string, pairs: string, size: number) {
  return figuresOf(process.execPath, ['--import', 'tsx', CHILD, task, pairs, String(size)]);
}
