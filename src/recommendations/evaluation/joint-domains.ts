import { CsrMatrix } from '../../math/sparse/index.ts';

export interface SourceSettings {
  /** Weight of an interaction of the source, where one of the target weighs 1; from 0. */
  readonly sourceWeight: number;
  /**
   * How far popular source items are played down: the weight is multiplied by (mean learners of a source item / learners
   * of this item)^power; 0 leaves all as they are. So no domain's favourites speak for everybody in the other.
   */
  readonly sourcePower: number;
}

/** One matrix of the same learners: the columns of the source, weighted, then those of the target as they are. */
export function joinDomains(source: CsrMatrix, target: CsrMatrix, settings: SourceSettings): CsrMatrix {
  const weights = sourceWeights(source, settings);
  const { rowCount } = target;
  const columns: number[] = [];
  const values: number[] = [];
  const offsets = new Int32Array(rowCount + 1);
  for (let learner = 0; learner < rowCount; learner++) {
    const before = source.row(learner);
    before.indices.forEach((item, e) => {
      columns.push(item);
      values.push((before.values[e] as number) * (weights[item] as number));
    });
    const own = target.row(learner);
    own.indices.forEach((item, e) => {
      columns.push(source.columnCount + item);
      values.push(own.values[e] as number);
    });
    offsets[learner + 1] = columns.length;
  }
  return CsrMatrix.fromParts({
    rowCount,
    columnCount: source.columnCount + target.columnCount,
    offsets,
    columns: Int32Array.from(columns),
    values: Float64Array.from(values),
  });
}

function sourceWeights(source: CsrMatrix, { sourceWeight, sourcePower }: SourceSettings): Float64Array {
  const popularity = source.columnSums();
  const chosen = popularity.filter((count) => count > 0);
  const mean = chosen.reduce((sum, count) => sum + count, 0) / Math.max(1, chosen.length);
  return popularity.map((count) => (count > 0 ? sourceWeight * (mean / count) ** sourcePower : 0));
}
