import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { gramLowerTriangle } from '../../../src/math/dense/index.ts';
import { truncatedSvd } from '../../../src/math/factorisation/index.ts';
import {
  type FactorTerms,
  holdFactors,
  solveFactors,
  spectralFactors,
} from '../../../src/math/recommenders/ials-factors.ts';
import { easeRecommender } from '../../../src/math/recommenders/index.ts';
import type { CsrMatrix } from '../../../src/math/sparse/index.ts';
import { readPairs } from './pairs.ts';

/** Run in a process of its own, so that the peak of memory is that of one task. */
const [task = '', path = '', size = '0'] = process.argv.slice(2);

const L2 = 1_000;
const TERMS: FactorTerms = { alpha: 10, regularisation: 0.003, frequencyExponent: 1, steps: 3 };
const ROUNDS = 3;

type Clock = <Result>(work: () => Result) => Result;
/** Does the work inside the clock, and returns a number that another implementation must come near. */
const TASKS: Record<string, (matrix: CsrMatrix, clock: Clock) => number> = {
  ease(matrix, clock) {
    const model = clock(() => easeRecommender({ l2: L2 }).fit(matrix));
    return euclid(model.score(matrix.row(0)));
  },
  'ease-ml-matrix'(matrix, clock) {
    const weights = clock(() => easeWeights(matrix));
    const { indices } = matrix.row(0);
    return euclid(weights[0]?.map((_, j) => indices.reduce((sum, i) => sum + (weights[i]?.[j] ?? 0), 0)) ?? []);
  },
  ials(matrix, clock) {
    let { width, rows: users, columns: items } = spectralFactors(matrix, { factors: Number(size), seed: 1 });
    const byItem = matrix.transpose();
    clock(() => {
      for (let round = 0; round < ROUNDS; round++) {
        const forUsers = holdFactors(items, users, width);
        users = solveFactors(matrix, forUsers, { from: 0, to: matrix.rowCount, terms: TERMS });
        const forItems = holdFactors(users, forUsers.held, width);
        items = solveFactors(byItem, forItems, { from: 0, to: byItem.rowCount, terms: TERMS });
        users = forItems.held;
      }
    });
    return euclid(items);
  },
  svd: (matrix, clock) => euclid(clock(() => truncatedSvd(matrix, { rank: Number(size) })).s),
};

/** By ml-matrix: its factor, the inverse of the triangle by rows, and the product of that with itself. */
function easeWeights(matrix: CsrMatrix): number[][] {
  const count = matrix.columnCount;
  const lower = Matrix.from1DArray(count, count, gramLowerTriangle(matrix));
  const gram = Matrix.add(lower, lower.transpose());
  for (let i = 0; i < count; i++) gram.set(i, i, gram.get(i, i) / 2 + L2);
  const factor = new CholeskyDecomposition(gram).lowerTriangularMatrix;
  const rows: Float64Array[] = [];
  for (let k = 0; k < count; k++) {
    const row = new Float64Array(count);
    row[k] = 1;
    for (let i = 0; i < k; i++) {
      const scale = factor.get(k, i);
      const solved = rows[i] ?? row;
      for (let j = 0; j <= i; j++) row[j] = (row[j] ?? 0) - scale * (solved[j] ?? 0);
    }
    rows.push(row.map((value) => value / factor.get(k, k)));
  }
  const inverse = new Matrix(rows).gram();
  const diagonal = inverse.diagonal();
  return inverse.to2DArray().map((row, i) => row.map((value, j) => (i === j ? 0 : -value / (diagonal[j] ?? 0))));
}

function euclid(values: ArrayLike<number>): number {
  return Math.sqrt(Array.from(values).reduce((sum, value) => sum + value ** 2, 0));
}

const run = TASKS[task];
if (!run) throw new Error(`there is no task "${task}"`);
const matrix = await readPairs(path);
const figures = { seconds: 0, cpuSeconds: 0 };
const check = run(matrix, (work) => {
  const [startedMs, startedCpu] = [performance.now(), process.cpuUsage()];
  const result = work();
  const { user, system } = process.cpuUsage(startedCpu);
  const rounds = task === 'ials' ? ROUNDS : 1;
  figures.seconds = (performance.now() - startedMs) / 1_000 / rounds;
  figures.cpuSeconds = (user + system) / 1_000_000 / rounds;
  return result;
});
const peakMiB = process.resourceUsage().maxRSS / 1_024;
process.stdout.write(`${JSON.stringify({ ...figures, peakMiB, check })}\n`);
