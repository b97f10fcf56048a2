import { assertInput } from '../assert.ts';
import { CsrMatrix } from '../sparse/index.ts';

/** Rows `from` to `to - 1` of a matrix. */
export interface RowBlock {
  readonly from: number;
  readonly to: number;
}

/**
 * The most similar rows of each row of a block, best first. The list of row r is at the positions
 * `offsets[r - from]` to `offsets[r - from + 1] - 1` of `neighbours` and `similarities`.
 */
export interface NeighbourLists extends RowBlock {
  readonly offsets: Int32Array;
  readonly neighbours: Int32Array;
  readonly similarities: Float64Array;
}

/** The list of one row of the block, as views. */
export function neighboursOf(lists: NeighbourLists, row: number): { indices: Int32Array; similarities: Float64Array } {
  assertInput(row >= lists.from && row < lists.to, `row ${row} is not in the block ${lists.from} to ${lists.to}`);
  const start = lists.offsets[row - lists.from];
  const end = lists.offsets[row - lists.from + 1];
  return { indices: lists.neighbours.subarray(start, end), similarities: lists.similarities.subarray(start, end) };
}

/**
 * Joins the lists of blocks that follow one another, given in any order: what shards computed apart becomes one.
 *
 * @throws RangeError when a block is missing or given twice.
 */
export function joinNeighbourLists(blocks: readonly NeighbourLists[]): NeighbourLists {
  const ordered = blocks.filter((b) => b.to > b.from).sort((a, b) => a.from - b.from);
  const from = ordered[0]?.from ?? 0;
  const to = ordered.at(-1)?.to ?? from;
  const entryCount = ordered.reduce((sum, block) => sum + block.neighbours.length, 0);
  const offsets = new Int32Array(to - from + 1);
  const neighbours = new Int32Array(entryCount);
  const similarities = new Float64Array(entryCount);
  let [row, entry] = [from, 0];
  for (const block of ordered) {
    assertInput(block.from === row, `the blocks do not meet: row ${row} is followed by the block from ${block.from}`);
    neighbours.set(block.neighbours, entry);
    similarities.set(block.similarities, entry);
    for (const offset of block.offsets) offsets[row++ - from] = entry + offset;
    // The end of this block is the start of the next, which writes it again.
    row--;
    entry += block.neighbours.length;
  }
  return { from, to, offsets, neighbours, similarities };
}

/**
 * The lists as a square matrix, for lists of all rows: entry (r, n) is the similarity of neighbour n in the list of
 * row r.
 *
 * @throws RangeError when the lists do not start at row 0.
 */
export function neighbourMatrix(lists: NeighbourLists): CsrMatrix {
  assertInput(lists.from === 0, `the lists of rows 0 to ${lists.from - 1} are missing`);
  const rows = new Int32Array(lists.neighbours.length);
  for (let r = 0; r < lists.to; r++) rows.fill(r, lists.offsets[r], lists.offsets[r + 1]);
  const { neighbours: columns, similarities: values } = lists;
  return CsrMatrix.fromTriplets({ rowCount: lists.to, columnCount: lists.to, rows, columns, values });
}
