import type { Highs, Model } from 'highs';
import { openModel, runModel } from './highs-model.ts';
import type { LinearModel } from './linear-model.ts';

export interface ConflictTask {
  readonly linear: LinearModel;
  /** By row: the number of the constraint that it is a part of, from 0; -1 for a row that nobody would lift. */
  readonly constraintOfRow: Int32Array;
  /** Whether only whole numbers find no plan. */
  readonly isWhole: boolean;
  readonly timeLimitMs: number;
}

export interface Conflict {
  /** Constraints that no plan keeps together, while any of them left out lets there be one; none when time ran out. */
  readonly constraints: readonly number[];
  /** What each floor among them could reach, were the others kept. */
  readonly reachable: readonly { readonly row: number; readonly most: number }[];
  /** False when time ran out: then the constraints contradict each other, but perhaps not all of them are needed. */
  readonly isIrreducible: boolean;
}

/** Less lacking than this counts as none. */
const TOLERANCE = 1e-6;

/**
 * An irreducible set of constraints that contradict each other. Only floors can be missed, since the empty plan keeps all
 * else: an elastic model lets each be missed and minimises by how much (Chinneck and Dravnieks, "Locating minimal
 * infeasible constraint sets in linear programs", ORSA J. Computing 3, 1991). Constraints without a price at its optimum
 * have no part in it; of the others each is left out in turn, for good when something still lacks (deletion filter).
 */
export function findConflict(highs: Highs, task: ConflictTask): Conflict {
  const { linear, constraintOfRow, isWhole, timeLimitMs } = task;
  const startedMs = performance.now();
  const floors = floorsOf(linear);
  using model = openModel(highs, elastic(linear, floors), {
    sense: 'minimize',
    isWhole,
  });
  // Cold by the interior point method; once limits are lifted, its optimum is where the primal simplex starts.
  if (!isWhole) model.options.set({ solver: 'ipm' });
  const state = { highs, model, task, leftMs: () => timeLimitMs - (performance.now() - startedMs) };
  const all = new Set(constraintOfRow.filter((constraint) => constraint >= 0));
  const first = lacks(state, all);
  if (!isWhole) model.options.set({ solver: 'simplex', simplex_strategy: 4 });
  let kept = all;
  if (first && !isWhole) {
    const priced = withPrice(model.getSolution().rowDual, constraintOfRow);
    if (lacks(state, priced)) kept = priced;
  }
  let isIrreducible = first !== null;
  for (const constraint of kept) {
    const without = new Set(kept);
    without.delete(constraint);
    const still = isIrreducible ? lacks(state, without) : null;
    if (still === null) isIrreducible = false;
    if (still) kept = without;
  }
  const constraints = [...kept].sort((a, b) => a - b);
  const inSet = floors.filter((row) => kept.has(constraintOfRow[row] as number));
  const reachable = isIrreducible ? inSet.flatMap((row) => mostOf(state, { row, kept })) : [];
  return { constraints, reachable, isIrreducible };
}

function isIn(kept: ReadonlySet<number>, constraint: number): boolean {
  return constraint < 0 || kept.has(constraint);
}

interface Filter {
  readonly highs: Highs;
  readonly model: Model;
  readonly task: ConflictTask;
  readonly leftMs: () => number;
}

function floorsOf({ rowLower }: LinearModel): number[] {
  return Array.from(rowLower.keys()).filter((row) => (rowLower[row] as number) > Number.NEGATIVE_INFINITY);
}

/** The model with a column for what lacks of each floor, whose sum is to be small. */
function elastic(linear: LinearModel, floors: readonly number[]): LinearModel {
  const count = linear.values.length;
  const values = new Float64Array(count + floors.length).fill(1, count);
  const upper = new Float64Array(values.length).fill(Number.POSITIVE_INFINITY);
  upper.set(linear.upper);
  const entries = linear.rows.length;
  const starts = new Int32Array(values.length + 1).map((_, j) =>
    j <= count ? (linear.starts[j] as number) : entries + j - count,
  );
  const rows = Int32Array.from([...linear.rows, ...floors]);
  const coefficients = new Float64Array(rows.length).fill(1);
  coefficients.set(linear.coefficients);
  return { ...linear, values, upper, starts, rows, coefficients };
}

/** Whether something lacks when these constraints alone are kept; null when time ran out. */
function lacks({ highs, model, task, leftMs }: Filter, kept: ReadonlySet<number>): boolean | null {
  keepOnly(model, task, (row) => isIn(kept, task.constraintOfRow[row] as number));
  if (leftMs() <= 0) return null;
  const end = runModel(highs, model, leftMs());
  return end === 'OPTIMAL' ? model.getObjectiveValue() > TOLERANCE : null;
}

function keepOnly(model: Model, { linear }: ConflictTask, isKept: (row: number) => boolean): void {
  const { rowLower, rowUpper } = linear;
  if (rowLower.length === 0) return;
  model.changeRowsBounds(
    { kind: 'range', from: 0, to: rowLower.length - 1 },
    rowLower.map((limit, row) => (isKept(row) ? limit : Number.NEGATIVE_INFINITY)),
    rowUpper.map((limit, row) => (isKept(row) ? limit : Number.POSITIVE_INFINITY)),
  );
}

function withPrice(prices: Float64Array, constraintOfRow: Int32Array): Set<number> {
  const priced = new Set<number>();
  prices.forEach((price, row) => {
    const constraint = constraintOfRow[row] as number;
    if (constraint >= 0 && Math.abs(price) > TOLERANCE) priced.add(constraint);
  });
  return priced;
}

/** The most that a floor's row comes to while the others of the set are kept wholly. */
function mostOf(
  { highs, task, leftMs }: Filter,
  { row, kept }: { row: number; kept: ReadonlySet<number> },
): { row: number; most: number }[] {
  const { linear, constraintOfRow, isWhole } = task;
  const values = new Float64Array(linear.values.length);
  for (let j = 0; j < values.length; j++) {
    for (let p = linear.starts[j] as number; p < (linear.starts[j + 1] as number); p++) {
      if (linear.rows[p] === row) values[j] = linear.coefficients[p] as number;
    }
  }
  using model = openModel(highs, linear, { values, isWhole });
  keepOnly(model, task, (other) => other !== row && isIn(kept, constraintOfRow[other] as number));
  if (leftMs() <= 0 || runModel(highs, model, leftMs()) !== 'OPTIMAL') return [];
  const most = model.getObjectiveValue();
  return [{ row, most: isWhole ? Math.round(most) : Math.floor(most + TOLERANCE) }];
}
