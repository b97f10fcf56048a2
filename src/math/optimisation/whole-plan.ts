import type { Highs } from 'highs';
import { type PricedChoice, pricedChoice } from './flip-losses.ts';
import { byPreference, completePlan } from './greedy-plan.ts';
import { openModel, runModel } from './highs-model.ts';
import type { DualProblem } from './lagrangian-dual.ts';
import { activities, isFeasible, type LinearModel, objectiveOf } from './linear-model.ts';

/** How near to a whole number counts as whole: the solver's own tolerance is a tenth of it. */
const WHOLE = 1e-6;

/** An optimum of the relaxation, where x may be fractions. */
export interface RelaxedOptimum {
  readonly x: Float64Array;
  /** Of allowed signs. */
  readonly prices: Float64Array;
  /** What these prices certify. */
  readonly bound: number;
}

export interface WholePlan {
  readonly plan: Float64Array;
  readonly objective: number;
  readonly bound: number;
  /**
   * LP: the relaxation's optimum was whole. ROUNDED: rounded down and filled up, within the gap asked for. BRANCHED: by
   * branch and bound over what the prices leave open. DUAL: by the dual method, when time ran out.
   */
  readonly method: 'LP' | 'ROUNDED' | 'BRANCHED' | 'DUAL';
}

/** Null when there is no whole plan; STOPPED when time ran out before there was one. */
export type WholeResult = WholePlan | 'INFEASIBLE' | 'STOPPED';

export function isWhole(x: Float64Array): boolean {
  return x.every((amount) => Math.abs(amount - Math.round(amount)) <= WHOLE);
}

/**
 * Makes whole numbers of the relaxation's optimum. Without budget and floors the rows of a plan are nearly those of a
 * transportation problem, and the optimum is mostly whole by itself; with them about as many columns are fractions as
 * rows that couple users bind. These are rounded down and room is filled up. When that is further from the bound than the
 * gap, branch and bound decides: first among the columns that deviate from the best at no more than little loss, then,
 * when the gap asks for it, among all whose loss is less than what is missing to the bound, which loses no better plan
 * (`pricedChoice`).
 *
 * @param gap share of the bound
 */
export function wholePlan(
  highs: Highs,
  { linear, blocks, isKeptByUser }: DualProblem,
  options: WholeOptions,
): WholeResult {
  const { optimum, gap, timeLimitMs } = options;
  const { x, prices } = optimum;
  const near = x.map((amount) => Math.round(amount));
  if (isWhole(x) && isFeasible(linear, near)) return { ...valued(linear, near), bound: optimum.bound, method: 'LP' };
  const coupling = prices.map((price, row) => (isKeptByUser[row] === 1 ? 0 : price));
  const choice = pricedChoice(linear, blocks, coupling);
  const bound = Math.min(optimum.bound, choice.bound);
  const allowed = gap * Math.abs(bound);
  const rounded = better(linear, roundDown(linear, x, choice), fillUp(linear, choice));
  if (rounded && bound - rounded.objective <= allowed) return { ...rounded, bound, method: 'ROUNDED' };
  const startedMs = performance.now();
  const nearby = branch(highs, linear, {
    choice,
    isOpen: leastLosses(choice.losses),
    allowed: allowed / 2,
    timeLimitMs: timeLimitMs / 3,
  });
  const known = nearby.plan ? better(linear, rounded, nearby.plan) : rounded;
  if (known && bound - known.objective <= allowed) return { ...known, bound, method: 'BRANCHED' };
  const slack = known ? bound - known.objective : Number.POSITIVE_INFINITY;
  const isOpen = choice.losses.map((loss) => Number(loss < slack));
  const left = timeLimitMs - (performance.now() - startedMs);
  const { plan, proven } = branch(highs, linear, { choice, isOpen, allowed, timeLimitMs: left });
  const best = plan ? better(linear, known, plan) : known;
  if (!best) return proven === Number.NEGATIVE_INFINITY ? 'INFEASIBLE' : 'STOPPED';
  return { ...best, bound: Math.min(bound, Math.max(best.objective, proven)), method: 'BRANCHED' };
}

export interface WholeOptions {
  readonly optimum: RelaxedOptimum;
  readonly gap: number;
  readonly timeLimitMs: number;
}

/** How many columns the first branching looks at. */
const NEAR_COLUMNS = 300;

type Valued = Pick<WholePlan, 'plan' | 'objective'>;

function valued(linear: LinearModel, plan: Float64Array): Valued {
  return { plan, objective: objectiveOf(linear, plan) };
}

function better(linear: LinearModel, known: Valued | null, plan: Float64Array | null): Valued | null {
  if (!plan) return known;
  const objective = objectiveOf(linear, plan);
  return known && known.objective >= objective ? known : { plan, objective };
}

/** The whole parts of x, with what there is room for: the greatest fractions first. */
function roundDown(linear: LinearModel, x: Float64Array, { losses }: PricedChoice): Valued | null {
  const down = x.map((amount, j) => Math.min(linear.upper[j] as number, Math.floor(amount + WHOLE)));
  const fits = activities(linear, down).every((sum, row) => sum <= (linear.rowUpper[row] as number));
  const preference = losses.map((loss, j) => {
    const fraction = (x[j] as number) - (down[j] as number);
    return fraction > WHOLE ? fraction : -loss;
  });
  const plan = completePlan(linear, fits ? down : new Float64Array(x.length), byPreference(preference));
  return plan && valued(linear, plan);
}

/** What users take at the prices, the surest first, then the rest by what it loses. */
function fillUp(linear: LinearModel, { taken, losses }: PricedChoice): Float64Array | null {
  const preference = losses.map((loss, j) => ((taken[j] as number) > 0 ? loss : -loss));
  return completePlan(linear, new Float64Array(losses.length), byPreference(preference));
}

function leastLosses(losses: Float64Array): Float64Array {
  const order = byPreference(losses.map((loss) => -loss));
  const isOpen = new Float64Array(losses.length);
  for (const column of order.subarray(0, NEAR_COLUMNS)) isOpen[column] = 1;
  return isOpen;
}

interface Branching {
  readonly choice: PricedChoice;
  /** By column: 1 where it is open, 0 where it stays as chosen. */
  readonly isOpen: Float64Array;
  /** How far from the best it may be. */
  readonly allowed: number;
  readonly timeLimitMs: number;
}

/** @returns the plan, and what no plan with these columns fixed is better than: -Infinity when there is none at all */
function branch(
  highs: Highs,
  linear: LinearModel,
  { choice, isOpen, allowed, timeLimitMs }: Branching,
): { plan: Float64Array | null; proven: number } {
  const open = Int32Array.from(Array.from(isOpen.keys()).filter((j) => isOpen[j] === 1));
  const base = choice.taken.map((amount, j) => (isOpen[j] === 1 ? 0 : amount));
  if (open.length === 0) return { plan: isFeasible(linear, base) ? base : null, proven: Number.NEGATIVE_INFINITY };
  using model = openModel(highs, withoutFixed(linear, open, base), { isWhole: true });
  model.options.set({ mip_rel_gap: 0, mip_abs_gap: Math.max(1e-9, allowed) });
  const end = runModel(highs, model, timeLimitMs);
  if (end === 'INFEASIBLE') return { plan: null, proven: Number.NEGATIVE_INFINITY };
  const found = model.getSolution().colValue;
  const plan = base.slice();
  open.forEach((column, j) => {
    plan[column] = Math.round(found[j] as number);
  });
  const proven = Number(model.info.get('mip_dual_bound')) + objectiveOf(linear, base);
  return { plan: isFeasible(linear, plan) ? plan : null, proven };
}

/** The model of the open columns, its limits less what the fixed ones use. */
function withoutFixed(linear: LinearModel, open: Int32Array, base: Float64Array): LinearModel {
  const used = activities(linear, base);
  const starts = new Int32Array(open.length + 1);
  const rows: number[] = [];
  const coefficients: number[] = [];
  open.forEach((column, j) => {
    for (let p = linear.starts[column] as number; p < (linear.starts[column + 1] as number); p++) {
      rows.push(linear.rows[p] as number);
      coefficients.push(linear.coefficients[p] as number);
    }
    starts[j + 1] = rows.length;
  });
  return {
    values: Float64Array.from(open, (column) => linear.values[column] as number),
    upper: Float64Array.from(open, (column) => linear.upper[column] as number),
    rowLower: linear.rowLower.map((limit, row) => limit - (used[row] as number)),
    rowUpper: linear.rowUpper.map((limit, row) => limit - (used[row] as number)),
    starts,
    rows: Int32Array.from(rows),
    coefficients: Float64Array.from(coefficients),
  };
}
