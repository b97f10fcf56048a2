import { Piscina } from 'piscina';
import { assertAtLeast, assertWhole } from '../assert.ts';
import type * as worker from './plan.worker.ts';
import type { RowChanges, Solved } from './plan.worker.ts';
import { describeConflict, describePlan, type FoundPlan, type NoPlan } from './plan-answer.ts';
import { constraintsOf } from './plan-constraint.ts';
import { limitOf } from './plan-coupling.ts';
import { buildPlanModel, type PlanModel } from './plan-model.ts';
import { assertMinor, type PlanProblem } from './plan-problem.ts';

export interface PlanOptions {
  /** Share of the bound that whole numbers may cost; 0 for the very best. */
  readonly gap?: number;
  /** For the solver; the dual method that steps in when it runs out takes a second or so more. */
  readonly timeLimitMs?: number;
  /** Ends the work at once, with an AbortError. */
  readonly signal?: AbortSignal;
}

/** Limits that are changed; one that is not named stays. */
export interface PlanChanges {
  readonly budgetMinor?: bigint | null;
  /** By the channel's id. */
  readonly capacities?: ReadonlyMap<string, number | null>;
}

/** Time ran out before there was a plan, or a proof that there is none. */
export class PlanTimeoutError extends Error {
  override readonly name = 'PlanTimeoutError';
  constructor(timeLimitMs: number) {
    super(`There was no plan within ${timeLimitMs} ms.`);
  }
}

const GAP = 1e-4;
const TIME_LIMIT_MS = 60_000;
/** The solver looks at its clock now and then; a thread that does not end by itself is ended after so much more. */
const GRACE_MS = 30_000;
const IDLE_MS = 60_000;

/**
 * Solves plans to the optimum in a thread of its own, one after the other. The thread comes with the first plan, keeps
 * the last one warm for changes of its limits, goes a minute after it was last asked (then the next change starts cold),
 * and keeps no process alive.
 */
export class PlanSolver {
  #pool: Piscina | undefined;
  #last: { readonly key: number; readonly model: PlanModel } | undefined;
  #keys = 0;
  readonly #idleMs: number;

  constructor({ idleMs = IDLE_MS }: { idleMs?: number } = {}) {
    this.#idleMs = idleMs;
  }

  /**
   * @throws RangeError for a problem or an option that is not in order.
   * @throws PlanTimeoutError when time runs out before there is a plan.
   * @throws Error named AbortError when the signal says so.
   */
  solve(problem: PlanProblem, options: PlanOptions = {}): Promise<FoundPlan | NoPlan> {
    checkOptions(options);
    this.#last = { key: ++this.#keys, model: buildPlanModel(problem) };
    return this.#solveCold(this.#last, options);
  }

  /**
   * The last plan with other limits, from where it ended: a tenth of the time.
   *
   * @throws Error when nothing was solved before; otherwise as `solve`.
   */
  async solveAgain(changes: PlanChanges, options: PlanOptions = {}): Promise<FoundPlan | NoPlan> {
    checkOptions(options);
    const last = this.#last;
    if (!last) throw new Error('There is no plan to go on from.');
    const problem = changedProblem(last.model.problem, changes);
    const { model, rows } = withLimits(last.model, problem);
    const next = { key: last.key, model };
    this.#last = next;
    const task = { key: next.key, changes: rows, limits: limitsOf(options) };
    const solved = await this.#run<Solved | null>('solveAgain', task, options);
    return solved ? this.#describe(next.model, solved, options) : this.#solveCold(next, options);
  }

  /** Ends the thread, and with an error what it still does. */
  async close(): Promise<void> {
    this.#last = undefined;
    await this.#pool?.destroy();
    this.#pool = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #solveCold(
    { key, model }: { key: number; model: PlanModel },
    options: PlanOptions,
  ): Promise<FoundPlan | NoPlan> {
    const task = { key, dual: numbersOf(model), limits: limitsOf(options) };
    return this.#describe(model, await this.#run<Solved>('solve', task, options), options);
  }

  async #describe(model: PlanModel, solved: Solved, options: PlanOptions): Promise<FoundPlan | NoPlan> {
    const { gap, timeLimitMs } = limitsOf(options);
    if (solved.status === 'SOLVED') return describePlan(model, solved, gap);
    if (solved.status === 'STOPPED') throw new PlanTimeoutError(timeLimitMs);
    const { constraintOfRow } = constraintsOf(model);
    const task = { linear: model.linear, constraintOfRow, isWhole: solved.isWhole, timeLimitMs };
    return describeConflict(model, await this.#run('conflict', task, options), solved.isWhole);
  }

  #run<Result>(name: keyof typeof worker & string, task: object, { signal, ...options }: PlanOptions): Promise<Result> {
    this.#pool ??= new Piscina({
      filename: new URL('./plan.worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: this.#idleMs,
      execArgv: [],
    });
    const late = AbortSignal.timeout(limitsOf(options).timeLimitMs + GRACE_MS);
    return this.#pool.run(task, { name, signal: signal ? AbortSignal.any([signal, late]) : late });
  }
}

function checkOptions({ gap = GAP, timeLimitMs = TIME_LIMIT_MS }: PlanOptions): void {
  assertAtLeast('gap', gap, 0);
  assertWhole('timeLimitMs', timeLimitMs, { min: 1, max: 24 * 3_600_000 });
}

function limitsOf({ gap = GAP, timeLimitMs = TIME_LIMIT_MS }: PlanOptions): { gap: number; timeLimitMs: number } {
  return { gap, timeLimitMs };
}

/** What of a model travels. */
function numbersOf({ linear, blocks, isKeptByUser }: PlanModel): Pick<PlanModel, 'linear' | 'blocks' | 'isKeptByUser'> {
  return { linear, blocks, isKeptByUser };
}

function changedProblem(problem: PlanProblem, { budgetMinor, capacities }: PlanChanges): PlanProblem {
  if (budgetMinor !== undefined && budgetMinor !== null) assertMinor('the budget', budgetMinor);
  for (const [id, capacity] of capacities ?? []) {
    if (!problem.channels.some((channel) => channel.id === id)) throw new RangeError(`there is no channel ${id}`);
    if (capacity !== null) assertWhole(`the capacity of channel ${id}`, capacity, { min: 0 });
  }
  const channels = problem.channels.map((channel) => {
    const capacity = capacities?.get(channel.id);
    return capacity === undefined ? channel : { ...channel, capacity };
  });
  return { ...problem, channels, budgetMinor: budgetMinor === undefined ? problem.budgetMinor : budgetMinor };
}

/** Rows that can change stand first in the model, in the order of `addCouplingRows`: the budget, then the channels. */
function withLimits(model: PlanModel, problem: PlanProblem): { model: PlanModel; rows: RowChanges } {
  const limits = [limitOf(problem.budgetMinor), ...problem.channels.map(({ capacity }) => limitOf(capacity))];
  const rowUpper = model.linear.rowUpper.slice();
  rowUpper.set(limits);
  const rows = {
    rows: Int32Array.from(limits.keys()),
    lower: new Float64Array(limits.length).fill(Number.NEGATIVE_INFINITY),
    upper: Float64Array.from(limits),
  };
  return { model: { ...model, problem, linear: { ...model.linear, rowUpper } }, rows };
}
