import { activities, type LinearModel } from './linear-model.ts';

/**
 * Adds to a plan of whole numbers, column by column in an order of preference, as much as the limits leave room for:
 * first what serves floors that are not reached yet, then whatever brings something.
 *
 * @param start Keeps the upper limits; not changed.
 * @param order Columns, the best first.
 * @returns null when a floor is not reached: that does not prove that it cannot be.
 */
export function completePlan(model: LinearModel, start: Float64Array, order: Int32Array): Float64Array | null {
  const plan = start.slice();
  const sums = activities(model, plan);
  const isShort = (row: number) => (sums[row] as number) < (model.rowLower[row] as number);
  if (sums.some((_, row) => isShort(row))) {
    for (const column of order) add(model, { plan, sums, column, most: shortfall(model, { sums, column }) });
    if (sums.some((_, row) => isShort(row))) return null;
  }
  for (const column of order) {
    if ((model.values[column] as number) > 0) add(model, { plan, sums, column, most: Number.POSITIVE_INFINITY });
  }
  return plan;
}

interface Addition {
  readonly plan: Float64Array;
  /** A x of the plan. */
  readonly sums: Float64Array;
  readonly column: number;
  readonly most: number;
}

function add(model: LinearModel, { plan, sums, column, most }: Addition): void {
  const { starts, rows, coefficients, upper, rowUpper } = model;
  const [from, to] = [starts[column] as number, starts[column + 1] as number];
  let room = Math.min(most, (upper[column] as number) - (plan[column] as number));
  for (let p = from; p < to && room > 0; p++) {
    const row = rows[p] as number;
    room = Math.min(
      room,
      Math.floor(((rowUpper[row] as number) - (sums[row] as number)) / (coefficients[p] as number)),
    );
  }
  if (!(room > 0)) return;
  plan[column] = (plan[column] as number) + room;
  for (let p = from; p < to; p++) {
    const row = rows[p] as number;
    sums[row] = (sums[row] as number) + room * (coefficients[p] as number);
  }
}

/** How much of a column the floors that it serves lack, at most. */
function shortfall(
  { starts, rows, coefficients, rowLower }: LinearModel,
  { sums, column }: { sums: Float64Array; column: number },
): number {
  let most = 0;
  for (let p = starts[column] as number; p < (starts[column + 1] as number); p++) {
    const row = rows[p] as number;
    most = Math.max(most, Math.ceil(((rowLower[row] as number) - (sums[row] as number)) / (coefficients[p] as number)));
  }
  return most;
}

/** Columns by falling preference, of equal ones the first first. */
export function byPreference(preference: Float64Array): Int32Array {
  const order = Int32Array.from(preference, (_, column) => column);
  return order.sort((a, b) => (preference[b] as number) - (preference[a] as number) || a - b);
}
