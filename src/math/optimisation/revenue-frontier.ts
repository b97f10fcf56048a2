import { assertInput } from '../assert.ts';
import { gainOfNext, responseAt } from './response-curve.ts';
import { type BudgetShares, type FillingOptions, type SpendOption, shareBudget } from './water-filling.ts';

/** A business module, or a channel of one, whose response is revenue of one of two kinds. */
export interface RevenueOption extends SpendOption {
  readonly revenue: 'COMMERCE' | 'COURSE';
}

export interface FrontierPoint {
  /** Weight of commerce revenue, 0 to 1; course revenue has the rest. */
  readonly lambda: number;
  readonly commerce: number;
  readonly course: number;
  /** Responses and marginal returns of each are revenue, without weights; the shadow price is weighted. */
  readonly shares: BudgetShares;
}

/** The ends are taken as limits: at 0 itself, what is left over would do nothing for commerce either. */
const LIMIT = 1e-9;

/**
 * Shares a budget between commerce and course revenue, by weight: max lambda * commerce + (1 - lambda) * course. With
 * concave responses every point of the frontier, where neither can grow without the other falling, is the best at some
 * lambda (Geoffrion, J. Math. Anal. Appl. 22, 1968).
 *
 * @throws RangeError when lambda is not within 0 and 1; otherwise as `shareBudget`.
 */
export function shareByLambda(
  options: readonly RevenueOption[],
  budgetMinor: bigint,
  { lambda, ...filling }: FillingOptions & { lambda: number },
): FrontierPoint {
  assertInput(lambda >= 0 && lambda <= 1, `lambda must be from 0 to 1, not ${lambda}`);
  const inside = Math.min(1 - LIMIT, Math.max(LIMIT, lambda));
  const weightOf = ({ revenue }: RevenueOption) => (revenue === 'COMMERCE' ? inside : 1 - inside);
  const weighted = options.map((option) => {
    const { most, pace } = option.curve;
    return { ...option, curve: { most: most * weightOf(option), pace } };
  });
  const found = shareBudget(weighted, budgetMinor, filling);
  const shares = found.shares.map((share, place) => {
    const { curve } = options[place] as RevenueOption;
    const level = Number(share.spendMinor);
    return { ...share, response: responseAt(curve, level), marginalReturn: gainOfNext(curve, level) };
  });
  const revenueOf = (kind: RevenueOption['revenue']) =>
    shares.reduce((sum, { response }, place) => sum + (options[place]?.revenue === kind ? response : 0), 0);
  const [commerce, course] = [revenueOf('COMMERCE'), revenueOf('COURSE')];
  return { lambda, commerce, course, shares: { ...found, shares, response: commerce + course } };
}

/** The frontier at evenly spaced weights, from all for courses to all for commerce. @throws as `shareByLambda` */
export function revenueFrontier(
  options: readonly RevenueOption[],
  budgetMinor: bigint,
  { points = 11, ...filling }: FillingOptions & { points?: number } = {},
): FrontierPoint[] {
  assertInput(
    Number.isInteger(points) && points >= 2 && points <= 1001,
    `points must be from 2 to 1001, not ${points}`,
  );
  return Array.from({ length: points }, (_, p) =>
    shareByLambda(options, budgetMinor, { ...filling, lambda: p / (points - 1) }),
  );
}
