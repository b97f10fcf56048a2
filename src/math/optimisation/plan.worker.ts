import type { Model } from 'highs';
import { type Conflict, type ConflictTask, findConflict } from './conflict.ts';
import { highsRuntime, openModel, runModel } from './highs-model.ts';
import { type DualOptions, type DualProblem, type DualSolution, solveDual } from './lagrangian-dual.ts';
import { allowedPrice, boundAtPrices, isFeasible, type LinearModel } from './linear-model.ts';
import { isWhole, type WholePlan, wholePlan } from './whole-plan.ts';

/**
 * What the solver's thread runs. Everything that this file imports is plain TypeScript that Node runs as it is, so that
 * the thread needs no loader. The model of the last plan stays in its memory, with the basis of its optimum, so that a
 * changed limit costs few steps.
 */

export interface SolveLimits {
  readonly timeLimitMs: number;
  /** Share of the bound that whole numbers may cost. */
  readonly gap: number;
}

export interface RowChanges {
  readonly rows: Int32Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export interface SolvedPlan extends WholePlan {
  readonly status: 'SOLVED';
  readonly prices: Float64Array;
  /** Whether the optimum of the relaxation was whole; null when it was not reached. */
  readonly isIntegral: boolean | null;
}

/** INFEASIBLE tells whether already fractions find no plan; STOPPED that time ran out before there was a plan. */
export type Solved =
  | SolvedPlan
  | { readonly status: 'INFEASIBLE'; readonly isWhole: boolean }
  | { readonly status: 'STOPPED' };

interface Warm {
  readonly key: number;
  readonly dual: DualProblem;
  readonly linear: LinearModel;
  readonly model: Model;
  /** Whether the model has a basis to go on from. */
  hasBasis: boolean;
}

let warm: Warm | undefined;

/** Solves a plan and keeps it, in place of the one before, under a key. */
export async function solve(task: { key: number; dual: DualProblem; limits: SolveLimits }): Promise<Solved> {
  const { key, dual, limits } = task;
  const highs = await highsRuntime();
  warm?.model.dispose();
  warm = undefined;
  const { linear } = dual;
  warm = { key, dual, linear, model: openModel(highs, linear), hasBasis: false };
  return run(warm, limits);
}

/** Solves the plan of that key with other limits; null when this thread does not have it. */
export async function solveAgain(task: {
  key: number;
  changes: RowChanges;
  limits: SolveLimits;
}): Promise<Solved | null> {
  if (warm?.key !== task.key) return null;
  const { rows, lower, upper } = task.changes;
  rows.forEach((row, p) => {
    const [least, most] = [lower[p] as number, upper[p] as number];
    warm?.model.changeRowBounds(row, least, most);
    if (warm) [warm.linear.rowLower[row], warm.linear.rowUpper[row]] = [least, most];
  });
  return run(warm, task.limits);
}

/** The dual method alone. */
export function dual(task: { dual: DualProblem; options: Partial<DualOptions>; warm?: Float64Array }): DualSolution {
  return solveDual(task.dual, task.options, task.warm);
}

/** Which constraints contradict each other. */
export async function conflict(task: ConflictTask): Promise<Conflict> {
  return findConflict(await highsRuntime(), task);
}

async function run(state: Warm, { timeLimitMs, gap }: SolveLimits): Promise<Solved> {
  const highs = await highsRuntime();
  const { model, linear } = state;
  if (linear.values.length === 0) return emptyPlan(linear);
  const startedMs = performance.now();
  const leftMs = () => timeLimitMs - (performance.now() - startedMs);
  // Cold, the interior point method with crossover takes a third of the primal simplex's time; after a change of
  // limits the old optimum keeps its prices, which is where the dual simplex starts.
  model.options.set(state.hasBasis ? { solver: 'simplex', simplex_strategy: 1 } : { solver: 'ipm' });
  const end = runModel(highs, model, timeLimitMs);
  state.hasBasis = end === 'OPTIMAL';
  if (end === 'INFEASIBLE') return { status: 'INFEASIBLE', isWhole: false };
  if (end === 'STOPPED') return byDual(state, gap);
  const { colValue, rowDual } = model.getSolution();
  const prices = rowDual.map((price, row) => allowedPrice(linear, row, price));
  const optimum = { x: colValue, prices, bound: boundAtPrices(linear, prices) };
  const whole = wholePlan(highs, state.dual, { optimum, gap, timeLimitMs: leftMs() });
  if (whole === 'INFEASIBLE') return { status: 'INFEASIBLE', isWhole: true };
  if (whole === 'STOPPED') return byDual(state, gap);
  return { status: 'SOLVED', ...whole, prices, isIntegral: isWhole(colValue) };
}

/** Without a single column the solver looks at no row. */
function emptyPlan(linear: LinearModel): Solved {
  const plan = new Float64Array(0);
  if (!isFeasible(linear, plan)) return { status: 'INFEASIBLE', isWhole: false };
  const prices = new Float64Array(linear.rowLower.length);
  return { status: 'SOLVED', plan, prices, objective: 0, bound: 0, method: 'LP', isIntegral: true };
}

function byDual({ dual: problem }: Warm, gap: number): Solved {
  const { plan, objective, bound, prices } = solveDual(problem, { gap });
  if (!plan || objective === null) return { status: 'STOPPED' };
  return { status: 'SOLVED', plan, objective, bound, prices, method: 'DUAL', isIntegral: null };
}
