import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { CsrMatrix, type SparseRow } from '../sparse/index.ts';

/** One user: what is known, what was chosen beside it, and as many contents that were not, four times over. */
export interface FusionCase {
  readonly history: SparseRow;
  readonly chosen: readonly number[];
  readonly others: readonly number[];
}

export interface HeldOut {
  /** Without the rows of the users drawn. */
  readonly train: CsrMatrix;
  readonly cases: readonly FusionCase[];
}

const OTHERS = 4;

/** Draws users with at least two items, at most half of all, and parts what each of them chose at random in two halves. */
export function holdOut(train: CsrMatrix, { userCount, seed }: { userCount: number; seed: number }): HeldOut {
  const generator = xoroshiro128plus(seed);
  const below = (bound: number) => uniformInt(generator, 0, bound - 1);
  const able = Array.from({ length: train.rowCount }, (_, row) => row).filter((r) => train.row(r).indices.length > 1);
  const drawn = shuffled(able, below).slice(0, Math.min(userCount, Math.floor(able.length / 2)));
  const cases = drawn.map((row) => {
    const { indices, values } = train.row(row);
    const places = shuffled(Array.from(indices.keys()), below);
    const known = places.slice(0, Math.ceil(places.length / 2));
    const chosen = places.slice(known.length).map((place) => indices[place] as number);
    const own = new Set(indices);
    const others = Array.from({ length: OTHERS * chosen.length }, () => below(train.columnCount));
    const history = {
      indices: known.map((place) => indices[place] as number),
      values: known.map((place) => values[place] as number),
    };
    return { history, chosen, others: others.filter((item) => !own.has(item)) };
  });
  return { train: withoutRows(train, new Set(drawn)), cases };
}

function withoutRows(matrix: CsrMatrix, left: ReadonlySet<number>): CsrMatrix {
  const rows: number[] = [];
  const columns: number[] = [];
  const values: number[] = [];
  for (let r = 0; r < matrix.rowCount; r++) {
    if (left.has(r)) continue;
    const row = matrix.row(r);
    row.indices.forEach((column, e) => {
      rows.push(r);
      columns.push(column);
      values.push(row.values[e] as number);
    });
  }
  return CsrMatrix.fromTriplets({ rowCount: matrix.rowCount, columnCount: matrix.columnCount, rows, columns, values });
}

/** By Fisher and Yates. */
function shuffled(items: readonly number[], below: (bound: number) => number): number[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const at = below(last + 1);
    [order[last], order[at]] = [order[at] as number, order[last] as number];
  }
  return order;
}
