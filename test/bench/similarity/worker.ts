import { workerData } from 'node:worker_threads';
import { cosineSimilarity, type NeighbourLists } from '../../../src/math/similarity/index.ts';
import { CsrMatrix } from '../../../src/math/sparse/index.ts';
import type { SharedMatrix } from './matrices.ts';

const OPTIONS = { shrink: 5, neighbourCount: 100 };

/** What a thread needs for every block is made once. */
let items: CsrMatrix | undefined;

/** One block of items of the matrix that the thread was started with. */
export function findBlock({ from, to }: { from: number; to: number }): NeighbourLists {
  items ??= CsrMatrix.fromParts(workerData as SharedMatrix).transpose();
  return nearestItems(items, { from, to });
}

export function nearestItems(matrix: CsrMatrix, block: { from: number; to: number }): NeighbourLists {
  return cosineSimilarity(OPTIONS).similarRows(matrix, block);
}
