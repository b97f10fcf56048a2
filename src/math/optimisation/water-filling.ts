import { assertAtLeast, assertInput } from '../assert.ts';
import { assertMinor } from './plan-problem.ts';
import { assertCurve, gainOfNext, type ResponseCurve, responseAt } from './response-curve.ts';

/** Something that money can be spent on: a channel, or a business module. */
export interface SpendOption {
  readonly id: string;
  readonly curve: ResponseCurve;
  /** Spent at least. */
  readonly floorMinor: bigint;
  /** Spent at most; null for no limit. */
  readonly ceilingMinor: bigint | null;
}

export interface SpendShare {
  readonly id: string;
  readonly spendMinor: bigint;
  readonly response: number;
  /** What one more minor unit would bring there. */
  readonly marginalReturn: number;
  readonly at: 'FLOOR' | 'CEILING' | 'BETWEEN';
}

export interface BudgetShares {
  readonly shares: readonly SpendShare[];
  readonly response: number;
  /** Shadow price: what one more minor unit of budget would bring; 0 when it would not be spent. */
  readonly shadowPrice: number;
  readonly spentMinor: bigint;
  /** What no option takes: spent and unspent add up to the budget. */
  readonly unspentMinor: bigint;
  /** Why; null when all is spent. */
  readonly unspentReason: string | null;
}

export interface FillingOptions {
  /** A minor unit that brings no more than this is not spent; at least 0, which is the default. */
  readonly leastReturn?: number;
}

/** The floors alone come to more than the budget. */
export class BudgetConflictError extends RangeError {
  override readonly name = 'BudgetConflictError';
  readonly floors: readonly string[];

  constructor(budgetMinor: bigint, options: readonly SpendOption[]) {
    const floors = options.filter(({ floorMinor }) => floorMinor > 0n);
    const names = floors.map(({ id, floorMinor }) => `${id} ${floorMinor}`).join(', ');
    const sum = floors.reduce((total, { floorMinor }) => total + floorMinor, 0n);
    super(`The budget of ${budgetMinor} minor units contradicts the floors, which come to ${sum}: ${names}.`);
    this.floors = floors.map(({ id }) => id);
  }
}

const BISECTIONS = 200;

/**
 * Shares a budget so that the responses add up to the most: water is filled in until the next unit brings the same
 * everywhere, within floors and ceilings. Responses are concave, so the best whole minor units are found by first solving
 * for fractions and then moving single units from where the last one brings least to where the next one brings most,
 * until no move gains (Gross 1956; Fox, "Discrete optimization via marginal analysis", Management Science 13, 1966).
 * Of equal gains the first option in the list goes first.
 *
 * @throws BudgetConflictError when the floors come to more than the budget.
 * @throws RangeError when there is no option, an id stands there twice, or a number is out of bounds.
 */
export function shareBudget(
  options: readonly SpendOption[],
  budgetMinor: bigint,
  { leastReturn = 0 }: FillingOptions = {},
): BudgetShares {
  checkOptions(options, budgetMinor);
  assertAtLeast('leastReturn', leastReturn, 0);
  const tanks = options.map(({ id, curve, floorMinor, ceilingMinor }) => ({
    id,
    curve,
    floor: Number(floorMinor),
    ceiling: Number(ceilingMinor === null || ceilingMinor > budgetMinor ? budgetMinor : ceilingMinor),
    level: Number(floorMinor),
  }));
  const budget = Number(budgetMinor);
  fillToLevel(tanks, { budget, leastReturn });
  settleUnits(tanks, { budget, leastReturn });
  return describeShares(options, { tanks, budgetMinor, leastReturn });
}

interface Tank {
  readonly id: string;
  readonly curve: ResponseCurve;
  readonly floor: number;
  readonly ceiling: number;
  level: number;
}

interface Filling {
  readonly budget: number;
  readonly leastReturn: number;
}

function checkOptions(options: readonly SpendOption[], budgetMinor: bigint): void {
  assertMinor('the budget', budgetMinor);
  assertInput(options.length > 0, 'there must be something to spend the budget on');
  const seen = new Set<string>();
  for (const { id, curve, floorMinor, ceilingMinor } of options) {
    assertInput(!seen.has(id), `${id} stands there twice`);
    seen.add(id);
    assertCurve(id, curve);
    assertMinor(`the floor of ${id}`, floorMinor);
    if (ceilingMinor === null) continue;
    assertMinor(`the ceiling of ${id}`, ceilingMinor);
    assertInput(ceilingMinor >= floorMinor, `the ceiling of ${id}, ${ceilingMinor}, is below its floor, ${floorMinor}`);
  }
  const floors = options.reduce((sum, { floorMinor }) => sum + floorMinor, 0n);
  if (floors > budgetMinor) throw new BudgetConflictError(budgetMinor, options);
}

/** By halving between prices: at which one do the whole units that are worth it come to the budget, or just less? */
function fillToLevel(tanks: readonly Tank[], { budget, leastReturn }: Filling): void {
  let low = Math.log(Math.max(leastReturn, Number.MIN_VALUE));
  let high = Math.log(Math.max(Number.MIN_VALUE, ...tanks.map(({ curve }) => curve.most / curve.pace))) + 1;
  const total = (price: number) => tanks.reduce((sum, tank) => sum + levelAt(tank, price), 0);
  for (let step = 0; step < BISECTIONS && low < high; step++) {
    const middle = (low + high) / 2;
    if (total(middle) > budget) low = middle;
    else high = middle;
  }
  for (const tank of tanks) tank.level = levelAt(tank, high);
}

function levelAt({ curve, floor, ceiling }: Tank, logPrice: number): number {
  if (curve.most === 0) return floor;
  const level = Math.floor(curve.pace * (Math.log(curve.most / curve.pace) - logPrice));
  return Math.min(ceiling, Math.max(floor, level));
}

/** Single units to where the next one brings most, then from where the last one brings less than that. */
function settleUnits(tanks: readonly Tank[], { budget, leastReturn }: Filling): void {
  let left = budget - tanks.reduce((sum, { level }) => sum + level, 0);
  for (;;) {
    const giver = lossOfLast(tanks);
    if (giver && gainOfNext(giver.curve, giver.level - 1) <= leastReturn) {
      giver.level--;
      left++;
      continue;
    }
    const taker = mostGain(tanks);
    const gain = taker ? gainOfNext(taker.curve, taker.level) : 0;
    if (!taker || gain <= leastReturn) return;
    if (left > 0) left--;
    else if (giver && giver !== taker && gainOfNext(giver.curve, giver.level - 1) < gain) giver.level--;
    else return;
    taker.level++;
  }
}

function mostGain(tanks: readonly Tank[]): Tank | null {
  let best: Tank | null = null;
  for (const tank of tanks) {
    if (tank.level >= tank.ceiling) continue;
    if (!best || gainOfNext(tank.curve, tank.level) > gainOfNext(best.curve, best.level)) best = tank;
  }
  return best;
}

function lossOfLast(tanks: readonly Tank[]): Tank | null {
  let least: Tank | null = null;
  for (const tank of tanks) {
    if (tank.level <= tank.floor) continue;
    if (!least || gainOfNext(tank.curve, tank.level - 1) < gainOfNext(least.curve, least.level - 1)) least = tank;
  }
  return least;
}

function describeShares(
  options: readonly SpendOption[],
  { tanks, budgetMinor, leastReturn }: { tanks: readonly Tank[]; budgetMinor: bigint; leastReturn: number },
): BudgetShares {
  const shares = tanks.map(({ id, curve, level }, place): SpendShare => {
    const { floorMinor, ceilingMinor } = options[place] as SpendOption;
    const spendMinor = BigInt(level);
    const at = spendMinor === ceilingMinor ? 'CEILING' : spendMinor === floorMinor ? 'FLOOR' : 'BETWEEN';
    return { id, spendMinor, response: responseAt(curve, level), marginalReturn: gainOfNext(curve, level), at };
  });
  const spentMinor = shares.reduce((sum, share) => sum + share.spendMinor, 0n);
  const unspentMinor = budgetMinor - spentMinor;
  const open = shares.filter(({ at }) => at !== 'CEILING');
  const next = open.reduce((most, { marginalReturn }) => Math.max(most, marginalReturn), 0);
  return {
    shares,
    response: shares.reduce((sum, { response }) => sum + response, 0),
    shadowPrice: next > leastReturn ? next : 0,
    spentMinor,
    unspentMinor,
    unspentReason: unspentMinor > 0n ? reasonOf(open, leastReturn) : null,
  };
}

function reasonOf(open: readonly SpendShare[], leastReturn: number): string {
  if (open.length === 0) return 'Everything stands at its ceiling.';
  const names = open.map(({ id }) => id).join(', ');
  return `One more minor unit would bring no more than ${leastReturn} in ${names}; all else stands at its ceiling.`;
}
