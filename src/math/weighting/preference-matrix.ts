import { CsrMatrix, type Triplets } from '../sparse/index.ts';

/**
 * Turns weighed interactions into preferences, users by items: the weights of each pair are summed, w, and become
 * log(1 + w), so that the hundredth view of a lecture adds less than the first (Hu, Koren, Volinsky, "Collaborative
 * Filtering for Implicit Feedback Datasets", ICDM 2008, eq. 6). A pair whose sum is not positive is no evidence of taste
 * and is left out: "not this" about one content says nothing about those beside it. Keeping a dismissed content out of
 * the feed is the feed's rule.
 *
 * @param triplets Rows are users, columns items, values what `interactionWeight` gave.
 * @throws RangeError for an index outside the shape or a weight that is not finite.
 */
export function preferenceMatrix(triplets: Triplets): CsrMatrix {
  const summed = CsrMatrix.fromTriplets(triplets);
  const { rowCount, columnCount } = summed;
  const offsets = new Int32Array(rowCount + 1);
  const columns = new Int32Array(summed.entryCount);
  const values = new Float64Array(summed.entryCount);
  let count = 0;
  for (let r = 0; r < rowCount; r++) {
    const end = summed.offsets[r + 1] as number;
    for (let e = summed.offsets[r] as number; e < end; e++) {
      const weight = summed.values[e] as number;
      if (weight <= 0) continue;
      columns[count] = summed.columns[e] as number;
      values[count] = Math.log1p(weight);
      count++;
    }
    offsets[r + 1] = count;
  }
  return CsrMatrix.fromParts({
    rowCount,
    columnCount,
    offsets,
    columns: columns.slice(0, count),
    values: values.slice(0, count),
  });
}
