import { assertAtLeast, assertWhole } from '../assert.ts';
import { chooseForUser, roomForChoice, type UserChoice, writeReducedValues } from './best-for-user.ts';
import { byPreference, completePlan } from './greedy-plan.ts';
import { allowedPrice, type LinearModel, objectiveOf, worthOfLimits } from './linear-model.ts';
import type { UserBlocks } from './plan-model.ts';

export interface DualOptions {
  /** Steps, at most. */
  readonly steps: number;
  /** It stops when the bound is by no more than this share above the best plan found. */
  readonly gap: number;
}

export const DEFAULT_DUAL_OPTIONS: DualOptions = { steps: 600, gap: 1e-4 };

export interface DualSolution {
  /** No plan brings more. */
  readonly bound: number;
  /** For each row what one more of its limit is worth; 0 for rows that the choice for a user keeps by itself. */
  readonly prices: Float64Array;
  /** A plan that keeps all limits; null when the method found none, which proves nothing. */
  readonly plan: Float64Array | null;
  /** What the plan brings; null without one. */
  readonly objective: number | null;
  readonly steps: number;
}

/** A plan as numbers alone, so that it travels to a thread. */
export interface DualProblem {
  readonly linear: LinearModel;
  readonly blocks: UserBlocks;
  /** By row: 1 where the choice for a user keeps the limit by itself, else 0. */
  readonly isKeptByUser: Uint8Array;
}

/** Steps without a lower bound before the length is halved. */
const PATIENCE = 15;
/** Plans are made of prices every so many steps: sorting costs more than a step. */
const PLAN_EVERY = 25;
const LEAST_LENGTH = 1e-6;
/** A bound that is lower by less than this share counts as none. */
const PROGRESS = 1e-6;
/** Where no plan is known, it aims for a bound that is lower by this share. */
const HOPE = 0.05;

/**
 * The dual of a plan: rows that couple users get a price, and every user takes what is best at these prices, which is
 * exact and quick (`chooseForUser`). Prices follow the subgradient, limit less use, each measured by the root of its
 * limit, since budget and capacities are of different sizes, with Polyak's step towards the best plan known. Every step
 * gives an upper bound; every 25th a plan that keeps all limits. Sources: Held, Wolfe and Crowder, "Validation of
 * subgradient optimization", Mathematical Programming 6, 1974; Polyak, "Minimization of unsmooth functionals", 1969.
 *
 * Time O(steps * entries), memory O(entries).
 *
 * @param warm prices of an earlier solution of the same rows, to go on from
 * @throws RangeError when an option is out of bounds.
 */
export function solveDual(model: DualProblem, options: Partial<DualOptions> = {}, warm?: Float64Array): DualSolution {
  const { steps, gap } = { ...DEFAULT_DUAL_OPTIONS, ...options };
  assertWhole('steps', steps, { min: 1, max: 1_000_000 });
  assertAtLeast('gap', gap, 0);
  const { linear } = model;
  const state = openDual(model, warm);
  const best = { bound: Number.POSITIVE_INFINITY, prices: state.prices.slice() };
  let found: FoundPlan | null = null;
  let stale = 0;
  let length = 1;
  let step = 0;
  for (; step < steps && length > LEAST_LENGTH; step++) {
    let bound = evaluate(model, state);
    stale = bound < best.bound - PROGRESS * Math.abs(best.bound) ? 0 : stale + 1;
    if (bound < best.bound) {
      best.bound = bound;
      best.prices.set(state.prices);
    }
    if (step % PLAN_EVERY === 0) found = better(linear, found, planAt(linear, state));
    if (found && best.bound - found.objective <= gap * Math.abs(best.bound)) break;
    if (stale >= PATIENCE) {
      stale = 0;
      length /= 2;
      state.prices.set(best.prices);
      bound = evaluate(model, state);
    }
    const target = found?.objective ?? best.bound - HOPE * Math.abs(best.bound);
    if (!walk(linear, state, length * (bound - target))) break;
  }
  state.prices.set(best.prices);
  evaluate(model, state);
  found = better(linear, found, planAt(linear, state));
  return { ...best, plan: found?.plan ?? null, objective: found?.objective ?? null, steps: step };
}

interface FoundPlan {
  readonly plan: Float64Array;
  readonly objective: number;
}

interface DualState {
  /** The entries of rows that have a price. */
  readonly priced: LinearModel;
  readonly prices: Float64Array;
  /** By column: value less prices' A. */
  readonly reduced: Float64Array;
  /** By column: what the users take at these prices. */
  readonly taken: Float64Array;
  /** By row: limit less use; 0 for rows without a price. */
  readonly slack: Float64Array;
  /** By row: 1 over the root of its limit; 0 for rows without a price. */
  readonly scale: Float64Array;
  readonly choice: UserChoice;
}

function openDual({ linear, isKeptByUser, blocks }: DualProblem, warm: Float64Array | undefined): DualState {
  const rowCount = linear.rowLower.length;
  const scale = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const limit = limitOfRow(linear, row);
    if (isKeptByUser[row] !== 1 && Number.isFinite(limit)) scale[row] = 1 / Math.sqrt(Math.max(1, limit));
  }
  const prices = new Float64Array(rowCount);
  warm?.forEach((price, row) => {
    if ((scale[row] as number) > 0) prices[row] = allowedPrice(linear, row, price);
  });
  const columns = linear.values.length;
  return {
    priced: keepRows(linear, scale),
    prices,
    reduced: new Float64Array(columns),
    taken: new Float64Array(columns),
    slack: new Float64Array(rowCount),
    scale,
    choice: roomForChoice(blocks),
  };
}

/** The model with the entries of those rows alone that have a scale. */
function keepRows(model: LinearModel, scale: Float64Array): LinearModel {
  const starts = new Int32Array(model.starts.length);
  const rows: number[] = [];
  const coefficients: number[] = [];
  for (let j = 0; j + 1 < starts.length; j++) {
    for (let p = model.starts[j] as number; p < (model.starts[j + 1] as number); p++) {
      const row = model.rows[p] as number;
      if (scale[row] === 0) continue;
      rows.push(row);
      coefficients.push(model.coefficients[p] as number);
    }
    starts[j + 1] = rows.length;
  }
  return { ...model, starts, rows: Int32Array.from(rows), coefficients: Float64Array.from(coefficients) };
}

function limitOfRow({ rowLower, rowUpper }: LinearModel, row: number): number {
  const upper = rowUpper[row] as number;
  return upper === Number.POSITIVE_INFINITY ? (rowLower[row] as number) : upper;
}

/** The dual function at the state's prices, with the choice of every user and the slack of every row. */
function evaluate({ blocks }: DualProblem, state: DualState): number {
  const { priced, prices, reduced, taken, slack, scale, choice } = state;
  writeReducedValues(priced, prices, reduced);
  taken.fill(0);
  for (let row = 0; row < slack.length; row++) slack[row] = (scale[row] as number) > 0 ? limitOfRow(priced, row) : 0;
  let bound = worthOfLimits(priced, prices);
  for (let user = 0; user < blocks.userCaps.length; user++) {
    bound += chooseForUser(blocks, { user, reduced }, choice);
    for (let c = 0; c < choice.count; c++) {
      const column = choice.columns[c] as number;
      const amount = choice.amounts[c] as number;
      taken[column] = amount;
      for (let p = priced.starts[column] as number; p < (priced.starts[column + 1] as number); p++) {
        const row = priced.rows[p] as number;
        slack[row] = (slack[row] as number) - amount * (priced.coefficients[p] as number);
      }
    }
  }
  return bound;
}

/** @returns false when there is no way to go: the prices are best */
function walk(model: LinearModel, { prices, slack, scale }: DualState, distance: number): boolean {
  let norm = 0;
  for (let row = 0; row < prices.length; row++) {
    const direction = (slack[row] as number) * (scale[row] as number);
    const stays = allowedPrice(model, row, (prices[row] as number) - direction) === prices[row];
    if (!stays) norm += direction * direction;
  }
  if (norm === 0) return false;
  const length = Math.max(distance, 0) / norm;
  for (let row = 0; row < prices.length; row++) {
    const size = scale[row] as number;
    if (size === 0) continue;
    const moved = (prices[row] as number) - length * (slack[row] as number) * size * size;
    prices[row] = allowedPrice(model, row, moved);
  }
  return true;
}

/** What users take at the prices goes first, the best bargain first; then the rest by how little it misses. */
function planAt(model: LinearModel, { reduced, taken }: DualState): Float64Array | null {
  let most = 0;
  for (const value of reduced) most = Math.max(most, Math.abs(value));
  const preference = reduced.map((value, column) => value + ((taken[column] as number) > 0 ? 2 * most + 1 : 0));
  return completePlan(model, new Float64Array(reduced.length), byPreference(preference));
}

function better(model: LinearModel, known: FoundPlan | null, plan: Float64Array | null): FoundPlan | null {
  if (!plan) return known;
  const objective = objectiveOf(model, plan);
  return known && known.objective >= objective ? known : { plan, objective };
}
