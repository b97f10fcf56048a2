import type { CsrMatrix } from '../../math/sparse/index.ts';

/** What it takes to read a row and to write its list, in entries. */
const LEAST_WORK = 100;

/**
 * For each row, the entries that are walked through to compare it in all of the matrices: with all others, or, when the
 * row did not change, with those that did.
 *
 * @param changes for each matrix, 1 for each row that changed; null when everything is compared with everything
 */
export function workOfRows(matrices: readonly CsrMatrix[], changes: readonly Uint8Array[] | null): Float64Array {
  const work = new Float64Array(matrices[0]?.rowCount ?? 0).fill(LEAST_WORK);
  matrices.forEach((matrix, number) => {
    const isChanged = changes?.[number];
    const lengths = columnLengths(matrix, null);
    const changedLengths = isChanged ? columnLengths(matrix, isChanged) : lengths;
    for (let row = 0; row < matrix.rowCount; row++) {
      const met = isChanged?.[row] === 0 ? changedLengths : lengths;
      const end = matrix.offsets[row + 1] as number;
      let sum = work[row] as number;
      for (let e = matrix.offsets[row] as number; e < end; e++) sum += met[matrix.columns[e] as number] as number;
      work[row] = sum;
    }
  });
  return work;
}

/** How many entries each column has, of all rows or of those that are marked. */
function columnLengths(
  { rowCount, columnCount, offsets, columns }: CsrMatrix,
  isMarked: Uint8Array | null,
): Int32Array {
  const lengths = new Int32Array(columnCount);
  for (let row = 0; row < rowCount; row++) {
    if (isMarked?.[row] === 0) continue;
    const end = offsets[row + 1] as number;
    for (let e = offsets[row] as number; e < end; e++) {
      const column = columns[e] as number;
      lengths[column] = (lengths[column] as number) + 1;
    }
  }
  return lengths;
}
