import { assertWhole } from '../assert.ts';
import { TopK } from '../selection/top-k.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { type NeighbourLists, neighbourMatrix, type RowBlock } from './neighbour-lists.ts';

/** @throws RangeError when the block is not within the rows. */
export function assertBlock(block: RowBlock, rowCount: number): void {
  assertWhole('the end of the block', block.to, { min: 0, max: rowCount });
  assertWhole('the start of the block', block.from, { min: 0, max: block.to });
}

/**
 * The best `neighbourCount` candidates of each row of the block.
 *
 * @param offerRow Offers the candidates of one row to the selection.
 */
export function collectLists(
  block: RowBlock,
  neighbourCount: number,
  offerRow: (row: number, best: TopK) => void,
): NeighbourLists {
  const best = new TopK(neighbourCount);
  const offsets = new Int32Array(block.to - block.from + 1);
  const lists: ReturnType<TopK['drain']>[] = [];
  for (let row = block.from; row < block.to; row++) {
    offerRow(row, best);
    const list = best.drain();
    lists.push(list);
    offsets[row - block.from + 1] = (offsets[row - block.from] as number) + list.indices.length;
  }
  return { ...block, offsets, ...concatenate(lists, offsets) };
}

/** A square matrix with the `count` largest entries of each of its rows; of equal ones those further left. */
export function keepStrongest(matrix: CsrMatrix, count: number): CsrMatrix {
  const lists = collectLists({ from: 0, to: matrix.rowCount }, count, (row, best) => {
    const { indices, values } = matrix.row(row);
    for (let e = 0; e < indices.length; e++) best.offer(indices[e] as number, values[e] as number);
  });
  return neighbourMatrix(lists);
}

function concatenate(lists: readonly ReturnType<TopK['drain']>[], offsets: Int32Array) {
  const entryCount = offsets[lists.length] as number;
  const neighbours = new Int32Array(entryCount);
  const similarities = new Float64Array(entryCount);
  lists.forEach((list, position) => {
    neighbours.set(list.indices, offsets[position]);
    similarities.set(list.scores, offsets[position]);
  });
  return { neighbours, similarities };
}
