import { activities } from './linear-model.ts';
import type { PlanModel } from './plan-model.ts';
import type { PlanRow } from './row-table.ts';

/** Where the budget of a plan went, and why what is left of it was not spent. */
export interface BudgetUse {
  /** Null for no limit. */
  readonly limitMinor: bigint | null;
  readonly spentMinor: bigint;
  /** Null without a limit. */
  readonly unspentMinor: bigint | null;
  /** Why offers that would bring something are not in the plan; all 0 when nothing is left of the budget. */
  readonly stopped: Readonly<Record<UnspentReason, number>>;
  /** The same as a sentence; null when nothing is left, or there is no limit. */
  readonly reason: string | null;
}

/** The kind of limit that stops an offer; TOO_DEAR: one send costs more than what is left; WITHIN_GAP: nothing stops it. */
export type UnspentReason = Exclude<PlanRow['kind'], 'BUDGET'> | 'TOO_DEAR' | 'WITHIN_GAP';

const WORDS: Readonly<Record<UnspentReason, string>> = {
  USER_CAP: 'by frequency caps',
  USER_CHANNEL_CAP: 'by frequency caps of a channel',
  ONCE: 'since the person gets that content otherwise',
  CHANNEL_CAPACITY: 'by capacities of channels',
  SLOT_CAPACITY: 'by capacities of moments',
  CONTENT_FLOOR: 'by floors of contents',
  PARTNER_FLOOR: 'by floors of partners',
  TOO_DEAR: 'since one send costs more than what is left',
  WITHIN_GAP: 'by nothing but the gap that was allowed',
};

/** Counts, for each offer that would bring something and is not made, the first limit that stops it. */
export function budgetUse(model: PlanModel, plan: Float64Array): BudgetUse {
  const { problem, candidates } = model;
  let spentMinor = 0n;
  plan.forEach((people, j) => {
    spentMinor += BigInt(people) * (problem.channels[candidates.channels[j] as number]?.costMinor ?? 0n);
  });
  const limitMinor = problem.budgetMinor;
  const stopped = Object.fromEntries(Object.keys(WORDS).map((reason) => [reason, 0])) as Record<UnspentReason, number>;
  if (limitMinor === null) return { limitMinor, spentMinor, unspentMinor: null, stopped, reason: null };
  const unspentMinor = limitMinor - spentMinor;
  if (unspentMinor > 0n) countStopped(model, { plan, left: Number(unspentMinor) }, stopped);
  return { limitMinor, spentMinor, unspentMinor, stopped, reason: unspentMinor > 0n ? sentence(stopped) : null };
}

function countStopped(
  { linear, rowTable }: PlanModel,
  { plan, left }: { plan: Float64Array; left: number },
  stopped: Record<UnspentReason, number>,
): void {
  const used = activities(linear, plan);
  plan.forEach((people, j) => {
    if (people >= (linear.upper[j] as number) || (linear.values[j] as number) <= 0) return;
    let reason: UnspentReason = 'WITHIN_GAP';
    // Rows of single users stand last: what stops an offer by itself goes before what stops many.
    for (let p = (linear.starts[j + 1] as number) - 1; p >= (linear.starts[j] as number); p--) {
      const row = linear.rows[p] as number;
      const { kind } = rowTable.rows[row] as PlanRow;
      const coefficient = linear.coefficients[p] as number;
      if (kind === 'BUDGET') {
        if (coefficient > left) reason = 'TOO_DEAR';
      } else if ((used[row] as number) + coefficient > (linear.rowUpper[row] as number)) {
        reason = kind;
        break;
      }
    }
    stopped[reason]++;
  });
}

function sentence(stopped: Readonly<Record<UnspentReason, number>>): string {
  const parts = (Object.keys(WORDS) as UnspentReason[])
    .filter((reason) => stopped[reason] > 0)
    .map((reason) => `${stopped[reason]} ${WORDS[reason]}`);
  if (parts.length === 0) return 'Every offer that brings something is in the plan.';
  return `Offers that would bring something are stopped: ${parts.join(', ')}.`;
}
