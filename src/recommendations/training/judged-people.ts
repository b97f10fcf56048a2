import type { CsrMatrix } from '../../math/sparse/index.ts';
import type { MatrixParts } from './matrix-parts.ts';
import { MOST_JUDGED } from './split-metrics.ts';

interface Judged {
  readonly histories: MatrixParts;
  readonly futures: MatrixParts;
}

interface Rows {
  readonly indices: number[][];
  readonly values: number[][];
}

/**
 * The people by whom a model is judged: those who did something before the split and something new after it; where there
 * are more than `MOST_JUDGED`, so many of them at equal distances.
 *
 * @param past people by contents, before the split
 * @param later of the same shape, after the split
 */
export function chooseJudged(past: CsrMatrix, later: CsrMatrix): Judged {
  const found: { user: number; fresh: number[] }[] = [];
  for (let user = 0; user < past.rowCount; user++) {
    const known = new Set(past.row(user).indices);
    if (known.size === 0) continue;
    const fresh = [...later.row(user).indices].filter((content) => !known.has(content));
    if (fresh.length > 0) found.push({ user, fresh });
  }
  const step = Math.max(1, found.length / MOST_JUDGED);
  const chosen = Array.from({ length: Math.min(found.length, MOST_JUDGED) }, (_, at) => found[Math.floor(at * step)]);
  const people = chosen.flatMap((one) => one ?? []);
  const histories = people.map(({ user }) => past.row(user));
  return {
    histories: compress(
      {
        indices: histories.map(({ indices }) => [...indices]),
        values: histories.map(({ values }) => [...values]),
      },
      past.columnCount,
    ),
    futures: compress(
      {
        indices: people.map(({ fresh }) => fresh),
        values: people.map(({ fresh }) => fresh.map(() => 1)),
      },
      past.columnCount,
    ),
  };
}

function compress({ indices, values }: Rows, columnCount: number): MatrixParts {
  const offsets = new Int32Array(indices.length + 1);
  indices.forEach((row, at) => {
    offsets[at + 1] = (offsets[at] as number) + row.length;
  });
  return {
    rowCount: indices.length,
    columnCount,
    offsets,
    columns: Int32Array.from(indices.flat()),
    values: Float64Array.from(values.flat()),
  };
}
