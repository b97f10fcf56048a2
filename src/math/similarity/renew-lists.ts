import { assertInput } from '../assert.ts';
import { TopK } from '../selection/top-k.ts';
import { CsrMatrix } from '../sparse/index.ts';
import { assertBlock, collectLists } from './collect-lists.ts';
import { type CosineOptions, CosineRows, checkCosineOptions } from './cosine-similarity.ts';
import { type NeighbourLists, neighboursOf, type RowBlock } from './neighbour-lists.ts';

/** What was found of an earlier matrix. */
export interface EarlierLists {
  /**
   * The lists of the block's rows then, of the same options, with the neighbours by their numbers of now; -1 for rows
   * that are gone. Rows keep their order: of two that were there then, the first has the lower number now.
   */
  readonly lists: NeighbourLists;
  /** For each row of the matrix: 1 when it is not to the bit what it was then, or is new. */
  readonly isChanged: Uint8Array;
}

export interface RenewedLists {
  readonly lists: NeighbourLists;
  /** Rows that were compared with all others. */
  readonly recomputedCount: number;
}

/**
 * The lists of `cosineSimilarity`, to the bit, by comparing with what changed alone. Two rows that are what they were
 * are as similar as they were. A changed row is compared with all others. The list of another one is what is left of
 * the earlier one, and the changed rows that are like it. Who stood behind the last of a full list is not known, though
 * nobody there is more similar than the last was: where so few are certainly before it that one of these might come in,
 * the row is compared with all others too.
 *
 * @throws RangeError when the block is not within the rows, or what is known does not fit.
 */
export function renewLists(
  matrix: CsrMatrix,
  block: RowBlock,
  { lists, isChanged, ...options }: EarlierLists & Partial<CosineOptions>,
): RenewedLists {
  assertBlock(block, matrix.rowCount);
  assertInput(lists.from === block.from && lists.to === block.to, 'the earlier lists must be of the block');
  assertInput(isChanged.length === matrix.rowCount, 'there must be a mark for each row');
  const { shrink, neighbourCount } = checkCosineOptions(options);
  const toAll = new CosineRows(matrix, shrink);
  const toChanged = new CosineRows(matrix, shrink, onlyColumns(matrix.transpose(), isChanged));
  const fresh = new TopK(neighbourCount);
  let recomputedCount = 0;
  const renewed = collectLists(block, neighbourCount, (row, best) => {
    if (isChanged[row] === 0) {
      toChanged.offer(row, fresh);
      const earlier = neighboursOf(lists, row);
      const candidates = joined(earlier, { fresh: fresh.drain(), isChanged });
      if (earlier.indices.length < neighbourCount || candidates.certainCount >= neighbourCount) {
        candidates.indices.forEach((other, at) => {
          best.offer(other, candidates.similarities[at] as number);
        });
        return;
      }
    }
    recomputedCount++;
    toAll.offer(row, best);
  });
  return { lists: renewed, recomputedCount };
}

/** Who may be on a list: those of the earlier one that are what they were, and the changed ones. */
function joined(
  { indices, similarities }: { indices: Int32Array; similarities: Float64Array },
  { fresh, isChanged }: { fresh: { indices: Int32Array; scores: Float64Array }; isChanged: Uint8Array },
): { indices: number[]; similarities: number[]; certainCount: number } {
  const last = similarities.at(-1) ?? 0;
  const found: { indices: number[]; similarities: number[] } = { indices: [], similarities: [] };
  indices.forEach((other, at) => {
    if (other < 0 || isChanged[other] === 1) return;
    found.indices.push(other);
    found.similarities.push(similarities[at] as number);
  });
  const before = fresh.scores.reduce((count, score) => count + (score > last ? 1 : 0), found.indices.length);
  found.indices.push(...fresh.indices);
  found.similarities.push(...fresh.scores);
  return { ...found, certainCount: before };
}

/** The matrix without the entries of columns that are not marked. */
function onlyColumns(matrix: CsrMatrix, isMarked: Uint8Array): CsrMatrix {
  const { rowCount, columnCount } = matrix;
  const kept = matrix.columns.reduce((count, column) => count + (isMarked[column] as number), 0);
  const offsets = new Int32Array(rowCount + 1);
  const columns = new Int32Array(kept);
  const values = new Float64Array(kept);
  let at = 0;
  for (let row = 0; row < rowCount; row++) {
    const end = matrix.offsets[row + 1] as number;
    for (let e = matrix.offsets[row] as number; e < end; e++) {
      const column = matrix.columns[e] as number;
      if (isMarked[column] === 0) continue;
      columns[at] = column;
      values[at++] = matrix.values[e] as number;
    }
    offsets[row + 1] = at;
  }
  return CsrMatrix.fromParts({ rowCount, columnCount, offsets, columns, values });
}
