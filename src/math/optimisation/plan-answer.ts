import { type BudgetUse, budgetUse } from './budget-use.ts';
import type { Conflict } from './conflict.ts';
import { activities } from './linear-model.ts';
import type { LeftOut } from './plan-candidates.ts';
import { constraintOf, constraintsOf, describeConstraint, type PlanConstraint } from './plan-constraint.ts';
import type { PlanModel } from './plan-model.ts';
import { couplesUsers, type PlanRow } from './row-table.ts';
import type { WholePlan } from './whole-plan.ts';

/** What is sent to whom, through which channel, when. */
export interface PlannedSend {
  readonly user: string;
  readonly content: string;
  readonly channel: string;
  /** The instant as its slot gives it; null where the channel has no slots. */
  readonly at: string | null;
  /** How many of the people whom the user stands for. */
  readonly people: number;
  /** Expected, in minor units, for all of them. */
  readonly value: number;
  readonly costMinor: bigint;
}

export interface BindingConstraint extends PlanConstraint {
  /** Sends, for the budget minor units. */
  readonly used: number;
  /**
   * Shadow price: what one more of the limit would bring, in minor units, in the relaxation with fractions. Negative for a
   * floor: what its last send costs.
   */
  readonly price: number;
}

export interface FoundPlan {
  /** OPTIMAL: no plan brings more than `objective` and the gap that was asked for. FEASIBLE: time ran out before that. */
  readonly status: 'OPTIMAL' | 'FEASIBLE';
  readonly sends: readonly PlannedSend[];
  /** Expected value, in minor units; costs are not taken off. */
  readonly objective: number;
  /** No plan brings more; certified by the prices, see `boundAtPrices`. */
  readonly bound: number;
  /** (bound - objective) / bound; 0 when both are 0. */
  readonly gap: number;
  readonly method: WholePlan['method'];
  /** Whether the relaxation's optimum was whole already; null when it was not reached. */
  readonly isIntegral: boolean | null;
  /** Limits that are reached or have a price: those that couple users first, then by price. */
  readonly binding: readonly BindingConstraint[];
  readonly budget: BudgetUse;
  readonly leftOut: LeftOut;
}

export interface NoPlan {
  readonly status: 'INFEASIBLE';
  /** No plan keeps all of these; without any one of them there is a plan, so long as `isIrreducible`. */
  readonly constraints: readonly PlanConstraint[];
  /** What each floor among them could reach, were the others kept. */
  readonly reachable: readonly { readonly constraint: PlanConstraint; readonly most: number }[];
  /** False when time ran out while the set was made small. */
  readonly isIrreducible: boolean;
  /** Whether only whole numbers find no plan. */
  readonly onlyWhole: boolean;
  readonly reason: string;
  readonly leftOut: LeftOut;
}

/** What sums of doubles may differ by. */
const ROUNDING = 1e-9;
/** Prices below this share of the greatest value are the solver's noise. */
const NOISE = 1e-9;

/** A solved plan in the words of its problem. `gap` is the one that was asked for. */
export function describePlan(
  model: PlanModel,
  solved: Omit<WholePlan, 'status'> & { readonly prices: Float64Array; readonly isIntegral: boolean | null },
  gap: number,
): FoundPlan {
  const { objective, method, isIntegral } = solved;
  const bound = Math.max(solved.bound, objective);
  const reached = bound === objective ? 0 : (bound - objective) / Math.max(Math.abs(bound), Number.MIN_VALUE);
  return {
    status: reached <= Math.max(gap, ROUNDING) ? 'OPTIMAL' : 'FEASIBLE',
    sends: sendsOf(model, solved.plan),
    objective,
    bound,
    gap: reached,
    method,
    isIntegral,
    binding: bindingOf(model, solved),
    budget: budgetUse(model, solved.plan),
    leftOut: model.leftOut,
  };
}

function sendsOf({ problem, candidates, linear }: PlanModel, plan: Float64Array): PlannedSend[] {
  const sends: PlannedSend[] = [];
  plan.forEach((people, j) => {
    if (people === 0) return;
    const channel = problem.channels[candidates.channels[j] as number];
    if (!channel) return;
    sends.push({
      user: problem.users[candidates.users[j] as number]?.id ?? '',
      content: problem.contents[candidates.contents[j] as number]?.id ?? '',
      channel: channel.id,
      at: channel.slots[candidates.slots[j] as number]?.at ?? null,
      people,
      value: people * (linear.values[j] as number),
      costMinor: BigInt(people) * channel.costMinor,
    });
  });
  return sends;
}

function bindingOf(
  model: PlanModel,
  { plan, prices }: { plan: Float64Array; prices: Float64Array },
): BindingConstraint[] {
  const { linear, rowTable } = model;
  const used = activities(linear, plan);
  const least = NOISE * linear.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const found: { binding: BindingConstraint; couples: boolean }[] = [];
  rowTable.rows.forEach((row, at) => {
    const constraint = constraintOf(model, at);
    const couples = couplesUsers(row);
    const price = Math.abs(prices[at] as number) > least ? (prices[at] as number) : 0;
    if (price === 0 && !(couples && used[at] === constraint.limit)) return;
    found.push({ binding: { ...constraint, used: used[at] as number, price }, couples });
  });
  const order = (a: (typeof found)[number], b: (typeof found)[number]) =>
    Number(b.couples) - Number(a.couples) || Math.abs(b.binding.price) - Math.abs(a.binding.price);
  return found.sort(order).map(({ binding }) => binding);
}

/** Names what contradicts each other. */
export function describeConflict(model: PlanModel, conflict: Conflict, onlyWhole: boolean): NoPlan {
  const all = constraintsOf(model).constraints;
  const constraints = conflict.constraints.map((place) => all[place] as PlanConstraint);
  const reachable = conflict.reachable.map(({ row, most }) => ({ constraint: constraintOf(model, row), most }));
  const { isIrreducible } = conflict;
  const reason = reasonOf(model, { constraints, reachable });
  return { status: 'INFEASIBLE', constraints, reachable, isIrreducible, onlyWhole, reason, leftOut: model.leftOut };
}

function reasonOf(
  { leftOut, candidates }: PlanModel,
  { constraints, reachable }: Pick<NoPlan, 'constraints' | 'reachable'>,
): string {
  const isFloor = (kind: PlanRow['kind']) => kind === 'CONTENT_FLOOR' || kind === 'PARTNER_FLOOR';
  const names = constraints.map(describeConstraint);
  const together =
    names.length === 1 ? `Out of reach: ${names[0]}` : `These contradict each other: ${names.join('; ')}`;
  const most = reachable.map(({ constraint, most: sends }) => `${constraint.subject} can have ${sends}`);
  const eligible = constraints.every(({ kind }) => isFloor(kind))
    ? ` There are ${candidates.users.length} sends to choose from, and nobody gets the same twice; consent left out ${leftOut.consent} offers, quiet hours ${leftOut.quietHours}.`
    : '';
  return `${together}.${most.length > 0 ? ` With the rest kept, ${most.join('; ')}.` : ''}${eligible}`;
}
