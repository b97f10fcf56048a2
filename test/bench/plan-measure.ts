import {
  buildPlanModel,
  type FoundPlan,
  type NoPlan,
  PlanSolver,
  solveDual,
} from '../../src/math/optimisation/index.ts';
import { madeUpPlan } from './plan-instance.ts';

/** Run in a process of its own, so that the peak of memory is that of one plan. */
const [users = '0', contents = '0'] = process.argv.slice(2);
const problem = madeUpPlan({ users: Number(users), contents: Number(contents), seed: 1 });
const budgetMinor = problem.budgetMinor ?? 0n;

async function timed<Result>(work: () => Promise<Result> | Result): Promise<{ seconds: number; result: Result }> {
  const startedMs = performance.now();
  const result = await work();
  return { seconds: (performance.now() - startedMs) / 1_000, result };
}

function found(answer: FoundPlan | NoPlan): FoundPlan {
  if (answer.status !== 'OPTIMAL') throw new Error(`The plan is ${answer.status}.`);
  return answer;
}

const model = buildPlanModel(problem);
const dual = await timed(() => solveDual(model));
const fewer = buildPlanModel({ ...problem, budgetMinor: (budgetMinor * 9n) / 10n });
const dualAgain = await timed(() => solveDual(fewer, {}, dual.result.prices));
await using solver = new PlanSolver();
const exact = await timed(async () => found(await solver.solve(problem)));
const less = await timed(async () => found(await solver.solveAgain({ budgetMinor: (budgetMinor * 9n) / 10n })));
const more = await timed(async () => found(await solver.solveAgain({ budgetMinor: (budgetMinor * 11n) / 10n })));
const half = await timed(async () => found(await solver.solveAgain({ budgetMinor: budgetMinor / 2n })));
const figures = {
  variables: model.linear.values.length,
  rows: model.linear.rowLower.length,
  exactSeconds: exact.seconds,
  exactGap: exact.result.gap,
  againLessSeconds: less.seconds,
  againMoreSeconds: more.seconds,
  againHalfSeconds: half.seconds,
  dualSeconds: dual.seconds,
  dualGap: (dual.result.bound - (dual.result.objective ?? 0)) / dual.result.bound,
  dualBoundOverExact: dual.result.bound / exact.result.objective - 1,
  dualAgainSeconds: dualAgain.seconds,
  peakMiB: process.resourceUsage().maxRSS / 1_024,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
