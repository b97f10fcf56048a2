import { assertInput, assertWhole } from '../assert.ts';
import { chooseForUser, roomForChoice } from './best-for-user.ts';
import { columnProduct } from './linear-model.ts';
import type { PlanModel } from './plan-model.ts';

/** A candidate that is worth its prices. */
export interface OnlineChoice {
  /** Place among the candidates of the model. */
  readonly column: number;
  /** How many of the people whom the user stands for. */
  readonly people: number;
  /** What it brings to each beyond the prices of the budget and of the capacities that it takes. */
  readonly surplus: number;
}

/**
 * The online path: what one user should get now, the best first, at the prices that the dual method or the last exact plan
 * found, without a look at anybody else's offers. What all users choose so comes to the bound; whether the
 * capacities still have room is for the sender to check.
 *
 * @param prices by row of the model
 * @param user place in the list of users
 * @throws RangeError when the user is not in the list, or prices are not one for each row.
 */
export function bestAtPrices(model: PlanModel, prices: Float64Array, user: number): OnlineChoice[] {
  const { linear, blocks, isKeptByUser } = model;
  assertWhole('user', user, { min: 0, max: blocks.userCaps.length - 1 });
  assertInput(
    prices.length === isKeptByUser.length,
    `there must be ${isKeptByUser.length} prices, not ${prices.length}`,
  );
  const coupling = prices.map((price, row) => (isKeptByUser[row] === 1 ? 0 : price));
  const from = blocks.columnStarts[blocks.groupStarts[user] as number] as number;
  const to = blocks.columnStarts[blocks.groupStarts[user + 1] as number] as number;
  const reduced = new Float64Array(linear.values.length);
  for (let j = from; j < to; j++) reduced[j] = (linear.values[j] as number) - columnProduct(linear, j, coupling);
  const choice = roomForChoice(blocks);
  chooseForUser(blocks, { user, reduced }, choice);
  return Array.from(choice.columns.subarray(0, choice.count), (column, place) => ({
    column,
    people: choice.amounts[place] as number,
    surplus: reduced[column] as number,
  }));
}
