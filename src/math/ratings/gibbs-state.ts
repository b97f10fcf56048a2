import type { SeededDraws } from '../random/seeded-draws.ts';
import type { RatingTable } from './rating-table.ts';

/** One number of the description of every user, or of every item. */
export interface FactorSide {
  /** What is learnt of each by itself. */
  readonly own: Float64Array;
  /** What having met each of the other side implies; for the side of the users, one number for each item. */
  readonly implied: Float64Array;
  /** own + |N|^-1/2 times the sum of what its others imply: what predictions are made of. */
  readonly total: Float64Array;
  /** Prior of `own`: its mean and precision. */
  mean: number;
  precision: number;
  /** Precision of the prior of `implied`, whose mean is 0. */
  impliedPrecision: number;
  /** A side that is 1 for everybody and never drawn: the other side of a bias. */
  readonly fixed: boolean;
}

/** rating = mean + sum over the factors of users.total[u] * items.total[i] + noise. */
export interface GibbsState {
  readonly factors: readonly { readonly users: FactorSide; readonly items: FactorSide }[];
  /** rating less what the factors say, in the order of `table.byUser`. */
  readonly residuals: Float64Array;
  /** One over the variance of the noise. */
  noisePrecision: number;
}

/** Position of the factor whose items are fixed: its users are the biases of users. */
export const USER_BIAS = 0;
/** Position of the factor whose users are fixed: its items are the biases of items. */
export const ITEM_BIAS = 1;
/** Factors that are biases and stand before the others. */
export const BIAS_COUNT = 2;

const INITIAL_DEVIATION = 0.1;
const INITIAL_PRECISION = 10;

/** The two biases at zero, and `factorCount` factors of small random numbers. */
export function openState(table: RatingTable, factorCount: number, draws: SeededDraws): GibbsState {
  const factors = Array.from({ length: BIAS_COUNT + factorCount }, (_, f) => ({
    users: openSide(table.userCount, table.itemCount, f === ITEM_BIAS),
    items: openSide(table.itemCount, table.userCount, f === USER_BIAS),
  }));
  const residuals = table.byUser.values.map((value) => value - table.mean);
  for (const { users, items } of factors.slice(BIAS_COUNT)) {
    // Users start at zero, so that no residual changes.
    for (let i = 0; i < items.own.length; i++) items.own[i] = INITIAL_DEVIATION * draws.normal();
    items.total.set(items.own);
    users.own.fill(0);
  }
  return { factors, residuals, noisePrecision: 1 };
}

function openSide(count: number, otherCount: number, fixed: boolean): FactorSide {
  return {
    own: new Float64Array(count),
    implied: new Float64Array(otherCount),
    total: new Float64Array(count).fill(fixed ? 1 : 0),
    mean: 0,
    precision: INITIAL_PRECISION,
    impliedPrecision: INITIAL_PRECISION,
    fixed,
  };
}
