import { CsrMatrix } from '../../math/sparse/index.ts';

/** When an item of one domain and an item of the other are taken for the same thing, listed twice. */
export interface TwinRule {
  /** Least share that the people of both are of the people of either (Jaccard), above 0. */
  readonly minSimilarity: number;
  /** Least number of people that both have: that one person chose both says nothing. */
  readonly minPeople: number;
}

/**
 * Two domains of a shop were found to have either nearly all people in common (every sixth item of three people or more)
 * or, by chance, at most half of them, with next to nothing in between.
 */
export const DEFAULT_TWIN_RULE: TwinRule = { minSimilarity: 0.8, minPeople: 2 };

/** What the items of each domain are called, in the order of the columns; empty where that is not known. */
export interface DomainTitles {
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/**
 * The source items that have a twin in the target: chosen by nearly the same people, or of the same title but for case
 * and spaces. Takes time in the sum over people of their source items times their target items.
 *
 * @param source Learners by source items. @param target The same learners by target items: all that is known of them.
 * @returns one number for each source item: 1 where it has a twin, else 0
 */
export function findTwins(
  source: CsrMatrix,
  target: CsrMatrix,
  { minSimilarity, minPeople, titles }: TwinRule & { readonly titles?: DomainTitles | undefined },
): Uint8Array {
  const twins = titles ? sameTitles(titles, source.columnCount) : new Uint8Array(source.columnCount);
  const byTarget = target.transpose();
  const sourceSizes = sizesOf(source.transpose());
  const common = new Int32Array(source.columnCount);
  for (let item = 0; item < byTarget.rowCount; item++) {
    const people = byTarget.row(item).indices;
    if (people.length < minPeople) continue;
    const met: number[] = [];
    for (const learner of people) {
      for (const other of source.row(learner).indices) {
        if (common[other] === 0) met.push(other);
        common[other] = (common[other] as number) + 1;
      }
    }
    for (const other of met) {
      const both = common[other] as number;
      const either = people.length + (sourceSizes[other] as number) - both;
      if (both >= minPeople && both >= minSimilarity * either) twins[other] = 1;
      common[other] = 0;
    }
  }
  return twins;
}

/** The matrix of the same shape without the entries of the columns that are marked. */
export function withoutColumns(matrix: CsrMatrix, marked: Uint8Array): CsrMatrix {
  const { rowCount, columnCount } = matrix;
  const offsets = new Int32Array(rowCount + 1);
  const kept: number[] = [];
  for (let row = 0; row < rowCount; row++) {
    const end = matrix.offsets[row + 1] as number;
    for (let e = matrix.offsets[row] as number; e < end; e++) if (!marked[matrix.columns[e] as number]) kept.push(e);
    offsets[row + 1] = kept.length;
  }
  const columns = Int32Array.from(kept, (e) => matrix.columns[e] as number);
  const values = Float64Array.from(kept, (e) => matrix.values[e] as number);
  return CsrMatrix.fromParts({ rowCount, columnCount, offsets, columns, values });
}

function sameTitles({ source, target }: DomainTitles, count: number): Uint8Array {
  const known = new Set(target.map(plainTitle));
  known.delete('');
  return Uint8Array.from({ length: count }, (_, item) => Number(known.has(plainTitle(source[item] ?? ''))));
}

function plainTitle(title: string): string {
  return title.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}

function sizesOf({ rowCount, offsets }: CsrMatrix): Int32Array {
  return Int32Array.from({ length: rowCount }, (_, row) => (offsets[row + 1] as number) - (offsets[row] as number));
}
