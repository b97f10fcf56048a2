import { CsrMatrix } from '../../math/sparse/index.ts';
import type { InteractionPairs } from './interaction-file.reader.ts';

/** Learners by items: 1 where the learner chose the item, however often. */
export function chosenMatrix(
  pairs: InteractionPairs,
  shape: { readonly learners: { size: number }; readonly items: { size: number } },
): CsrMatrix {
  const counts = CsrMatrix.fromTriplets({
    rowCount: shape.learners.size,
    columnCount: shape.items.size,
    rows: pairs.learners,
    columns: pairs.items,
    values: new Float64Array(pairs.items.length).fill(1),
  });
  return CsrMatrix.fromParts({ ...counts, values: new Float64Array(counts.entryCount).fill(1) });
}
