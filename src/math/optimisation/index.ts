export { DEFAULT_DUAL_OPTIONS, type DualSolution, solveDual } from './lagrangian-dual.ts';
export { boundAtPrices } from './linear-model.ts';
export type { BindingConstraint, FoundPlan, NoPlan, PlannedSend } from './plan-answer.ts';
export { describePlan } from './plan-answer.ts';
export { describeConstraint, type PlanConstraint } from './plan-constraint.ts';
export { buildPlanModel, type PlanModel } from './plan-model.ts';
export type {
  PlanChannel,
  PlanContent,
  PlanOffers,
  PlanPartner,
  PlanProblem,
  PlanSlot,
  PlanUser,
} from './plan-problem.ts';
export { type PlanChanges, type PlanOptions, PlanSolver, PlanTimeoutError } from './plan-solver.ts';
export { type FittedCurve, fitResponseCurve, gainOfNext, type ResponseCurve, responseAt } from './response-curve.ts';
export { type FrontierPoint, type RevenueOption, revenueFrontier, shareByLambda } from './revenue-frontier.ts';
export { BudgetConflictError, type BudgetShares, type SpendOption, shareBudget } from './water-filling.ts';
