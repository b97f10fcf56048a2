import { Piscina } from 'piscina';
import { joinNeighbourLists, type NeighbourLists } from '../../../src/math/similarity/index.ts';
import { CsrMatrix } from '../../../src/math/sparse/index.ts';
import { readShared, type SharedMatrix } from './matrices.ts';
import { nearestItems } from './worker.ts';

/** Run in a process of its own, so that the peak of memory is that of one task. */
const [path = '', threads = '1'] = process.argv.slice(2);

/** More than threads, so that none waits long for another. */
const BLOCKS = 16;

async function inThreads(matrix: SharedMatrix, maxThreads: number): Promise<NeighbourLists> {
  const filename = new URL('worker.ts', import.meta.url).href;
  const pool = new Piscina({ filename, minThreads: maxThreads, maxThreads, workerData: matrix });
  try {
    const ends = Array.from({ length: BLOCKS + 1 }, (_, b) => Math.round((b * matrix.columnCount) / BLOCKS));
    const blocks = ends.slice(1).map((to, b) => pool.run({ from: ends[b], to }, { name: 'findBlock' }));
    return joinNeighbourLists(await Promise.all(blocks));
  } finally {
    await pool.destroy();
  }
}

function alone(matrix: SharedMatrix): NeighbourLists {
  return nearestItems(CsrMatrix.fromParts(matrix).transpose(), { from: 0, to: matrix.columnCount });
}

const matrix = await readShared(path);
const [startedMs, startedCpu] = [performance.now(), process.cpuUsage()];
const lists = threads === '1' ? alone(matrix) : await inThreads(matrix, Number(threads));
const seconds = (performance.now() - startedMs) / 1_000;
const { user, system } = process.cpuUsage(startedCpu);
const figures = {
  seconds,
  cpuSeconds: (user + system) / 1_000_000,
  peakMiB: process.resourceUsage().maxRSS / 1_024,
  check: lists.similarities.reduce((sum, similarity) => sum + similarity, 0),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
