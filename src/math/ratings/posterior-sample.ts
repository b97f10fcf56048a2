import { type FactorSide, type GibbsState, ITEM_BIAS } from './gibbs-state.ts';
import type { RatingGroups, RatingTable } from './rating-table.ts';

/** One draw of all unknowns. Matrices by rows of `width`, in single precision: the noise of the draws is far larger. */
export interface PosteriorSample {
  readonly width: number;
  /** rating = mean + users row times items row. */
  readonly users: Float32Array;
  readonly items: Float32Array;
  /** What having rated each item implies of a user. */
  readonly implied: Float32Array;
  /** A user of whom nothing is known. */
  readonly prior: Float32Array;
  /** An item of which nothing is known. */
  readonly itemPrior: Float32Array;
  /** How sure the prior of a user is, in ratings: its precision over that of the noise. 0 where users are fixed. */
  readonly strengths: Float32Array;
}

export function sampleOf({ factors, noisePrecision }: GibbsState, table: RatingTable): PosteriorSample {
  const width = factors.length;
  const users = factors.map((factor) => factor.users);
  const items = factors.map((factor) => factor.items);
  const prior = priorOf(users);
  const itemPrior = priorOf(items);
  return {
    width,
    users: rowsOf(users, table.byUser, prior),
    items: rowsOf(items, table.byItem, itemPrior),
    implied: interleaved(users.map((side) => side.implied)),
    prior,
    itemPrior,
    strengths: Float32Array.from(users, (side, f) => (f === ITEM_BIAS ? 0 : side.precision / noisePrecision)),
  };
}

function priorOf(sides: readonly FactorSide[]): Float32Array {
  return Float32Array.from(sides, (side) => (side.fixed ? 1 : side.mean));
}

/** The totals by rows. Who has no rating was drawn from the prior, and gets its mean instead: chance says nothing. */
function rowsOf(sides: readonly FactorSide[], { offsets }: RatingGroups, prior: Float32Array): Float32Array {
  const rows = interleaved(sides.map((side) => side.total));
  for (let g = 0; g < offsets.length - 1; g++) {
    if (offsets[g] === offsets[g + 1]) rows.set(prior, g * sides.length);
  }
  return rows;
}

function interleaved(columns: readonly Float64Array[]): Float32Array {
  const width = columns.length;
  const rows = new Float32Array(width * (columns[0]?.length ?? 0));
  columns.forEach((column, f) => {
    for (let r = 0; r < column.length; r++) rows[r * width + f] = column[r] as number;
  });
  return rows;
}
