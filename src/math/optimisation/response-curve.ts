import t from '@stdlib/stats-base-dists-t';
import { assertAtLeast, assertFinite, assertInput } from '../assert.ts';

/** What spending brings: `most * (1 - exp(-spend / pace))`. */
export interface ResponseCurve {
  /** What it comes to however much is spent; at least 0. */
  readonly most: number;
  /** Spending at which 63 % of that is reached, in minor units; above 0. */
  readonly pace: number;
}

export interface FittedCurve extends ResponseCurve {
  /** Share of the squares of the response, about its mean, that the curve explains; null when the response never changes. */
  readonly explained: number | null;
  /** Paces that the data do not speak against (95 %), within the bounds of the search. */
  readonly paceInterval: readonly [lower: number, upper: number];
  /** Why the data do not tell the two numbers apart; none when they do. */
  readonly flags: readonly CurveFlag[];
}

/**
 * TOO_FEW_LEVELS: fewer than three amounts were ever spent. NO_RESPONSE: nothing came of it. NO_SATURATION: as far as was
 * spent the response is a straight line, and what it comes to in the end is unknown. AT_ONCE: the least that was spent
 * brought all already. UNCERTAIN: the interval of the pace has no end within the bounds.
 */
export type CurveFlag = 'TOO_FEW_LEVELS' | 'NO_RESPONSE' | 'NO_SATURATION' | 'AT_ONCE' | 'UNCERTAIN';

const GRID = 400;
/** Bounds of the pace, by the least and the most that was spent. */
const BELOW_LEAST = 0.05;
const ABOVE_MOST = 50;
/** A pace that is so near to a bound stands at it. */
const NEAR_BOUND = 1.05;
const CONFIDENCE = 0.975;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const GOLDEN_STEPS = 80;

/**
 * The curve of least squares. For a given pace the best `most` has a closed form, so one number is left to search for
 * (variable projection: Golub and Pereyra, SIAM J. Numer. Anal. 10, 1973), on a grid of the logarithm between fixed bounds
 * and then by golden section: no starting value, and no way to run off. The interval holds the paces whose squares are
 * within those of an F-test of the minimum (profile likelihood: Bates and Watts, "Nonlinear regression analysis", 1988).
 *
 * @param spends minor units, at least 0
 * @param responses one for each spend, in any unit
 * @throws RangeError when lists differ in length, nothing was ever spent, or a number is not in order.
 */
export function fitResponseCurve(spends: ArrayLike<number>, responses: ArrayLike<number>): FittedCurve {
  const points = checkPoints(spends, responses);
  const paid = points.filter(([spend]) => spend > 0).map(([spend]) => spend);
  const bounds = [BELOW_LEAST * Math.min(...paid), ABOVE_MOST * Math.max(...paid)] as const;
  const best = bestPace(points, bounds);
  const { most, squares } = project(points, best.pace);
  const paceInterval = intervalOf(points, { grid: best.grid, squares, pace: best.pace });
  const mean = points.reduce((sum, [, response]) => sum + response, 0) / points.length;
  const total = points.reduce((sum, [, response]) => sum + (response - mean) ** 2, 0);
  const flags = flagsOf({ levels: new Set(paid).size, most, pace: best.pace, bounds, paceInterval });
  return { most, pace: best.pace, explained: total > 0 ? 1 - squares / total : null, paceInterval, flags };
}

/** What one more minor unit brings after so many. Exact for small steps too: no difference of two near numbers is taken. */
export function gainOfNext({ most, pace }: ResponseCurve, spend: number): number {
  return -most * Math.exp(-spend / pace) * Math.expm1(-1 / pace);
}

export function responseAt({ most, pace }: ResponseCurve, spend: number): number {
  return -most * Math.expm1(-spend / pace);
}

/** @throws RangeError when a curve is not one. */
export function assertCurve(name: string, { most, pace }: ResponseCurve): void {
  assertAtLeast(`most of ${name}`, most, 0);
  assertInput(Number.isFinite(pace) && pace > 0, `the pace of ${name} must be above 0, not ${pace}`);
}

type Point = readonly [spend: number, response: number];

function checkPoints(spends: ArrayLike<number>, responses: ArrayLike<number>): Point[] {
  assertInput(spends.length === responses.length, 'there must be one response for each spend');
  assertFinite('response', responses);
  const points = Array.from(spends, (spend, p) => [spend, responses[p] as number] as const);
  for (const [p, [spend]] of points.entries()) assertAtLeast(`the spend at position ${p}`, spend, 0);
  assertInput(
    points.some(([spend]) => spend > 0),
    'there must be a spend above 0',
  );
  return points;
}

/** The best `most` at a pace, and the squares that it leaves. */
function project(points: readonly Point[], pace: number): { most: number; squares: number } {
  let [cross, own] = [0, 0];
  for (const [spend, response] of points) {
    const share = -Math.expm1(-spend / pace);
    cross += share * response;
    own += share * share;
  }
  const most = Math.max(0, cross / own);
  const squares = points.reduce(
    (sum, [spend, response]) => sum + (response + most * Math.expm1(-spend / pace)) ** 2,
    0,
  );
  return { most, squares };
}

interface GridPoint {
  readonly pace: number;
  readonly squares: number;
}

function bestPace(
  points: readonly Point[],
  [least, most]: readonly [number, number],
): { pace: number; grid: GridPoint[] } {
  const ratio = Math.log(most / least) / GRID;
  const grid = Array.from({ length: GRID + 1 }, (_, g) => {
    const pace = least * Math.exp(ratio * g);
    return { pace, squares: project(points, pace).squares };
  });
  const at = grid.reduce((best, point, g) => (point.squares < (grid[best]?.squares ?? 0) ? g : best), 0);
  let from = Math.log(grid[Math.max(0, at - 1)]?.pace ?? least);
  let to = Math.log(grid[Math.min(GRID, at + 1)]?.pace ?? most);
  for (let step = 0; step < GOLDEN_STEPS; step++) {
    const [low, high] = [to - GOLDEN * (to - from), from + GOLDEN * (to - from)];
    if (project(points, Math.exp(low)).squares <= project(points, Math.exp(high)).squares) to = high;
    else from = low;
  }
  const found = Math.exp((from + to) / 2);
  const onGrid = grid[at] as GridPoint;
  return { pace: project(points, found).squares <= onGrid.squares ? found : onGrid.pace, grid };
}

function intervalOf(
  points: readonly Point[],
  { grid, squares, pace }: { grid: readonly GridPoint[]; squares: number; pace: number },
): [number, number] {
  const freedom = points.length - 2;
  const ends = [grid[0]?.pace ?? pace, grid.at(-1)?.pace ?? pace] as [number, number];
  if (freedom < 1) return ends;
  // The F-quantile of one and some degrees of freedom is the square of the t-quantile.
  const limit = squares * (1 + t.quantile(CONFIDENCE, freedom) ** 2 / freedom);
  const within = grid.filter((point) => point.squares <= limit);
  return [Math.min(pace, within[0]?.pace ?? pace), Math.max(pace, within.at(-1)?.pace ?? pace)];
}

function flagsOf(fit: {
  levels: number;
  most: number;
  pace: number;
  bounds: readonly [number, number];
  paceInterval: readonly [number, number];
}): CurveFlag[] {
  const { levels, most, pace, bounds, paceInterval } = fit;
  const [least, highest] = [bounds[0] * NEAR_BOUND, bounds[1] / NEAR_BOUND];
  const flags: CurveFlag[] = [];
  if (levels < 3) flags.push('TOO_FEW_LEVELS');
  if (most === 0) return [...flags, 'NO_RESPONSE'];
  if (pace >= highest) flags.push('NO_SATURATION');
  else if (pace <= least) flags.push('AT_ONCE');
  else if (paceInterval[0] <= least || paceInterval[1] >= highest) flags.push('UNCERTAIN');
  return flags;
}
