/**
 * Whole numbers x with 0 <= x <= upper, rowLower <= A x <= rowUpper and the greatest values' x. Each row has one limit:
 * its lower one is -Infinity or its upper one Infinity. Typed arrays alone, so that it travels to a thread as it is.
 */
export interface LinearModel {
  /** What one of a column brings. */
  readonly values: Float64Array;
  /** Whole numbers, at least 0. */
  readonly upper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** A by columns: those of column j stand from starts[j] to starts[j + 1]. */
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  /** Above 0. */
  readonly coefficients: Float64Array;
}

/** How much a column's entries weigh with one number for each row: the column of A times these. */
export function columnProduct(
  { starts, rows, coefficients }: LinearModel,
  column: number,
  byRow: Float64Array,
): number {
  let sum = 0;
  for (let p = starts[column] as number; p < (starts[column + 1] as number); p++) {
    sum += (coefficients[p] as number) * (byRow[rows[p] as number] as number);
  }
  return sum;
}

/** A x. */
export function activities({ starts, rows, coefficients, rowLower }: LinearModel, x: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(rowLower.length);
  for (let j = 0; j + 1 < starts.length; j++) {
    const amount = x[j] as number;
    if (amount === 0) continue;
    for (let p = starts[j] as number; p < (starts[j + 1] as number); p++) {
      const row = rows[p] as number;
      sums[row] = (sums[row] as number) + amount * (coefficients[p] as number);
    }
  }
  return sums;
}

export function objectiveOf({ values }: LinearModel, x: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < values.length; j++) sum += (values[j] as number) * (x[j] as number);
  return sum;
}

/** Whether x of whole numbers keeps every limit. Sums of whole numbers below 2^53 are exact: no tolerance is needed. */
export function isFeasible(model: LinearModel, x: ArrayLike<number>): boolean {
  for (let j = 0; j < model.upper.length; j++) {
    if (!((x[j] as number) >= 0 && (x[j] as number) <= (model.upper[j] as number))) return false;
  }
  return activities(model, x).every(
    (sum, row) => sum >= (model.rowLower[row] as number) && sum <= (model.rowUpper[row] as number),
  );
}

/** The price of a row may have one sign: an upper limit costs, a lower one is paid for. */
export function allowedPrice({ rowUpper, rowLower }: LinearModel, row: number, price: number): number {
  if (rowUpper[row] !== Number.POSITIVE_INFINITY) return Math.max(0, price);
  return rowLower[row] === Number.NEGATIVE_INFINITY ? 0 : Math.min(0, price);
}

/** What the limits are worth at these prices: the part of the dual function that no choice changes. */
export function worthOfLimits({ rowUpper, rowLower }: LinearModel, prices: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < prices.length; row++) {
    const price = prices[row] as number;
    if (price > 0) sum += price * (rowUpper[row] as number);
    else if (price < 0) sum += price * (rowLower[row] as number);
  }
  return sum;
}

/**
 * No plan brings more than this, whatever the prices are, so long as their signs are allowed (weak duality): it certifies
 * an answer without trust in the solver that found the prices.
 *
 * sum over rows of price * limit + sum over columns of upper * max(0, value - prices' A)
 */
export function boundAtPrices(model: LinearModel, prices: Float64Array): number {
  let sum = worthOfLimits(model, prices);
  for (let j = 0; j < model.values.length; j++) {
    const reduced = (model.values[j] as number) - columnProduct(model, j, prices);
    if (reduced > 0) sum += reduced * (model.upper[j] as number);
  }
  return sum;
}
