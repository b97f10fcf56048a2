import loadHighs, { type Highs, type Model, type SymbolDisposable } from 'highs';
import type { LinearModel } from './linear-model.ts';

/** How a run of the solver ended. */
export type RunEnd = 'OPTIMAL' | 'INFEASIBLE' | 'STOPPED';

/** Its types describe the CommonJS build, whose function is a property; Node takes the ES build, which is the function. */
const load = loadHighs as unknown as typeof loadHighs.default;
let loading: Promise<Highs> | undefined;

/** HiGHS (Huangfu and Hall, "Parallelizing the dual revised simplex method", Math. Prog. Comp. 10, 2018), loaded once. */
export function highsRuntime(): Promise<Highs> {
  loading ??= load();
  return loading;
}

/** Bounds and costs that a model of the solver has in place of those of the linear model. */
export interface HighsVariant {
  readonly values?: Float64Array;
  readonly sense?: 'minimize' | 'maximize';
  /** Whether x must be whole. */
  readonly isWhole?: boolean;
}

/** A model in the solver's memory, which must be disposed of. Maximises the values unless told otherwise. */
export function openModel(highs: Highs, linear: LinearModel, variant: HighsVariant = {}): SymbolDisposable<Model> {
  const { values = linear.values, sense = 'maximize', isWhole = false } = variant;
  const [numCols, numRows] = [values.length, linear.rowLower.length];
  const { starts, rows: indices, coefficients } = linear;
  const model = highs.createModel({
    numCols,
    numRows,
    sense: highs.constants.objectiveSense[sense],
    colCost: values,
    colLower: new Float64Array(numCols),
    colUpper: linear.upper,
    rowLower: linear.rowLower,
    rowUpper: linear.rowUpper,
    matrix: { format: 'csc', numRows, numCols, starts, indices, values: coefficients },
    ...(isWhole ? { integrality: new Int32Array(numCols).fill(highs.constants.variableType.integer) } : {}),
  });
  model.options.set({ output_flag: false });
  return model;
}

/**
 * Runs the solver.
 *
 * @throws Error when it ends in a way that a plan cannot: unbounded, or a fault of the solver.
 */
export function runModel(highs: Highs, model: Model, timeLimitMs: number): RunEnd {
  model.options.set('time_limit', Math.max(0.001, timeLimitMs / 1_000));
  model.zeroAllClocks();
  model.run();
  const status = model.getModelStatus();
  const { modelStatus } = highs.constants;
  if (status === modelStatus.optimal || status === modelStatus.empty) return 'OPTIMAL';
  // Nothing here is unbounded: what the solver leaves open between the two is the other.
  if (status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible) return 'INFEASIBLE';
  if (status === modelStatus.timeLimit) return 'STOPPED';
  const name = Object.entries(modelStatus).find(([, code]) => code === status)?.[0] ?? String(status);
  throw new Error(`The solver ended with ${name}.`);
}
