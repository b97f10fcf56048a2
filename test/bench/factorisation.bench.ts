import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Bench, Measurement } from './bench.ts';
import { benchMatrix, writePairs } from './factorisation/pairs.ts';

interface Figures extends Readonly<Record<string, number>> {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

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
const run = promisify(execFile);

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
    const folder = await mkdtemp(join(tmpdir(), 'tributary-bench-'));
    try {
      const pairs = join(folder, 'pairs.bin');
      await writePairs(pairs, matrix);
      return await measureAll(pairs, !args.includes('--quick'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measureAll(pairs: string, withMlMatrix: boolean): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  const python = await hasPython();
  if (!python) process.stdout.write('python3 with numpy and scipy is missing: the comparison with them is left out.\n');
  for (const { name, task, size } of TASKS) {
    const ours = await ourFigures(task, pairs, size);
    measurements.push({ name, figures: ours });
    if (task === 'ease' && withMlMatrix) {
      const other = await ourFigures('ease-ml-matrix', pairs, size);
      measurements.push({ name: `${name}, ml-matrix`, figures: other }, ratioRow(`${name}: ml-matrix`, ours, other));
    }
    if (!python) continue;
    const { stdout } = await run('python3', [REFERENCE, task, pairs, String(size)], {
      env: { ...process.env, ...BLAS_THREADS },
    });
    const other = JSON.parse(stdout) as Figures;
    measurements.push({ name: `${name}, numpy`, figures: other }, ratioRow(`${name}: numpy`, ours, other));
  }
  return measurements;
}

async function ourFigures(task: string, pairs: string, size: number): Promise<Figures> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', CHILD, task, pairs, String(size)]);
  return JSON.parse(stdout) as Figures;
}

async function hasPython(): Promise<boolean> {
  return run('python3', ['-c', 'import numpy, scipy']).then(
    () => true,
    () => false,
  );
}

/** Ours over the other's: below 1, ours takes less. Time on the processor, too: other work has no part in it. */
function ratioRow(name: string, ours: Figures, other: Figures): Measurement {
  const ratio = (figure: keyof Figures) => (ours[figure] ?? Number.NaN) / (other[figure] ?? Number.NaN);
  return {
    name: `${name} ratio`,
    figures: { seconds: ratio('seconds'), cpuSeconds: ratio('cpuSeconds'), peakMiB: ratio('peakMiB') },
  };
}
