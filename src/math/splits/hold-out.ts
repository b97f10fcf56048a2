import { assertInput, assertWhole } from '../assert.ts';
import { CsrMatrix } from '../sparse/index.ts';
import { randomOrder } from './random-order.ts';

/** One matrix cut in two of its shape: every entry is in one of them. */
export interface Split {
  readonly train: CsrMatrix;
  readonly held: CsrMatrix;
}

/**
 * Holds out a share of each user's entries, drawn at random and rounded to whole entries; a user always keeps one.
 *
 * @param matrix Users by items.
 * @param options `share` within (0, 1); `seed` any 32-bit integer.
 * @throws RangeError for an option out of bounds.
 */
export function holdOutShare(matrix: CsrMatrix, { share, seed }: { share: number; seed: number }): Split {
  assertInput(share > 0 && share < 1, `the share must be above 0 and below 1, not ${share}`);
  return holdOut(matrix, { seed, countOf: (entries) => Math.min(entries - 1, Math.round(entries * share)) });
}

/**
 * Holds out one entry of each user who has at least two, drawn at random.
 *
 * @param options `seed`: any 32-bit integer.
 * @throws RangeError for a seed out of bounds.
 */
export function holdOutOne(matrix: CsrMatrix, { seed }: { seed: number }): Split {
  return holdOut(matrix, { seed, countOf: (entries) => Math.min(entries - 1, 1) });
}

/**
 * Holds out all entries of a share of the items, drawn at random among those with entries: items as they are when new.
 *
 * @param options `share` within (0, 1), rounded to whole items, at least one; `seed` any 32-bit integer.
 * @throws RangeError for an option out of bounds, or when fewer than two items have entries.
 */
export function holdOutItems(matrix: CsrMatrix, { share, seed }: { share: number; seed: number }): Split {
  assertInput(share > 0 && share < 1, `the share must be above 0 and below 1, not ${share}`);
  const items = Int32Array.from(new Set(matrix.columns)).sort();
  assertInput(items.length >= 2, 'at least two items must have entries');
  const count = Math.min(items.length - 1, Math.max(1, Math.round(items.length * share)));
  const isHeld = new Uint8Array(matrix.columnCount);
  for (const place of randomOrder(items.length, { seed, row: 0 }).subarray(0, count))
    isHeld[items[place] as number] = 1;
  return splitEntries(matrix, (entry) => isHeld[matrix.columns[entry] as number] === 1);
}

function holdOut(matrix: CsrMatrix, by: { seed: number; countOf: (entries: number) => number }): Split {
  assertWhole('the seed', by.seed, { min: -(2 ** 31), max: 2 ** 31 - 1 });
  const isHeld = new Uint8Array(matrix.entryCount);
  for (let user = 0; user < matrix.rowCount; user++) {
    const from = matrix.offsets[user] as number;
    const entries = (matrix.offsets[user + 1] as number) - from;
    if (entries < 2) continue;
    const drawn = randomOrder(entries, { seed: by.seed, row: user }).subarray(0, by.countOf(entries));
    for (const place of drawn) isHeld[from + place] = 1;
  }
  return splitEntries(matrix, (entry) => isHeld[entry] === 1);
}

function splitEntries(matrix: CsrMatrix, isHeld: (entry: number) => boolean): Split {
  return { train: keep(matrix, (entry) => !isHeld(entry)), held: keep(matrix, isHeld) };
}

function keep(matrix: CsrMatrix, isKept: (entry: number) => boolean): CsrMatrix {
  const { rowCount, columnCount } = matrix;
  const offsets = new Int32Array(rowCount + 1);
  const kept: number[] = [];
  for (let user = 0; user < rowCount; user++) {
    const end = matrix.offsets[user + 1] as number;
    for (let e = matrix.offsets[user] as number; e < end; e++) if (isKept(e)) kept.push(e);
    offsets[user + 1] = kept.length;
  }
  const columns = Int32Array.from(kept, (e) => matrix.columns[e] as number);
  const values = Float64Array.from(kept, (e) => matrix.values[e] as number);
  return CsrMatrix.fromParts({ rowCount, columnCount, offsets, columns, values });
}
