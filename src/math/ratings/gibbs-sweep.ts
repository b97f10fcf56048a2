import type { SeededDraws } from '../random/seeded-draws.ts';
import type { FactorSide, GibbsState } from './gibbs-state.ts';
import type { RatingGroups, RatingTable } from './rating-table.ts';

/** One side of the ratings with the way to its residuals. */
interface SideView {
  readonly groups: RatingGroups;
  /** The groups of the other side, which are the sets that `implied` speaks of. */
  readonly mirror: RatingGroups;
  /** Where the residual of each rating of `groups` stands; absent when in the same order. */
  readonly positions: Int32Array | undefined;
  /** |N|^-1/2 of each group, 0 for an empty one. */
  readonly weights: Float64Array;
}

/** Draws every unknown once, each given all others. */
export type GibbsSweep = (state: GibbsState) => void;

/**
 * A sweep of Gibbs sampling: all priors are conjugate, so each number has a normal distribution given the others, with
 * precision lambda + alpha sum h^2 and mean (lambda mu + alpha sum h (e + h x)) over it, where h is what the number is
 * multiplied by and e the residual. Takes time in the number of ratings times factors. Sources: Rendle, "Factorization
 * Machines with libFM", ACM TIST 3(3), 2012; Salakhutdinov and Mnih, "Bayesian PMF using MCMC", ICML 2008.
 */
export function gibbsSweep(table: RatingTable, draws: SeededDraws): GibbsSweep {
  const { byUser, byItem } = table;
  const users: SideView = { groups: byUser, mirror: byItem, positions: undefined, weights: setWeights(byUser) };
  const items: SideView = { groups: byItem, mirror: byUser, positions: byItem.positions, weights: setWeights(byItem) };
  return (state) => {
    drawNoise(state, draws);
    for (const factor of state.factors) {
      drawSide(factor.users, { given: factor.items.total, view: users, state, draws });
      drawSide(factor.items, { given: factor.users.total, view: items, state, draws });
    }
  };
}

/** |N|^-1/2 of each group. */
export function setWeights({ offsets }: RatingGroups): Float64Array {
  return Float64Array.from({ length: offsets.length - 1 }, (_, g) => {
    const size = (offsets[g + 1] as number) - (offsets[g] as number);
    return size === 0 ? 0 : 1 / Math.sqrt(size);
  });
}

function drawNoise(state: GibbsState, draws: SeededDraws): void {
  const { residuals } = state;
  const squares = residuals.reduce((sum, e) => sum + e * e, 0);
  state.noisePrecision = draws.gamma(1 + residuals.length / 2) / (1 + squares / 2);
}

interface SideTurn {
  /** The other side, as it stands. */
  readonly given: Float64Array;
  readonly view: SideView;
  readonly state: GibbsState;
  readonly draws: SeededDraws;
}

/** What the ratings of each group say of its total: sum h^2 and sum h e. */
interface Evidence {
  readonly squares: Float64Array;
  readonly pulls: Float64Array;
}

function drawSide(side: FactorSide, turn: SideTurn): void {
  if (side.fixed) return;
  const { view, state, draws } = turn;
  drawPriors(side, draws);
  const before = side.total.slice();
  const evidence = gatherEvidence(turn);
  drawOwn(side, evidence, turn);
  drawImplied(side, evidence, turn);
  settleResiduals(state.residuals, { before, after: side.total, given: turn.given, view });
}

/** Means and precisions of a side, under a gamma prior of shape 1/2 and rate 1/2 and a normal prior around 0. */
function drawPriors(side: FactorSide, draws: SeededDraws): void {
  const { own, implied } = side;
  const spread = own.reduce((sum, x) => sum + (x - side.mean) ** 2, 0);
  side.precision = draws.gamma((1 + own.length) / 2 + 1 / 2) / ((1 + spread) / 2);
  const weight = side.precision * (own.length + 1);
  side.mean = (side.precision * own.reduce((a, b) => a + b, 0)) / weight + draws.normal() / Math.sqrt(weight);
  const impliedSpread = implied.reduce((sum, x) => sum + x * x, 0);
  side.impliedPrecision = draws.gamma(1 + implied.length / 2) / ((1 + impliedSpread) / 2);
}

function gatherEvidence({ given, view: { groups, positions }, state: { residuals } }: SideTurn): Evidence {
  const { offsets, others } = groups;
  const count = offsets.length - 1;
  const [squares, pulls] = [new Float64Array(count), new Float64Array(count)];
  for (let g = 0; g < count; g++) {
    const to = offsets[g + 1] as number;
    let [square, pull] = [0, 0];
    for (let r = offsets[g] as number; r < to; r++) {
      const h = given[others[r] as number] as number;
      square += h * h;
      pull += h * (residuals[positions ? (positions[r] as number) : r] as number);
    }
    squares[g] = square;
    pulls[g] = pull;
  }
  return { squares, pulls };
}

function drawOwn(side: FactorSide, { squares, pulls }: Evidence, { state, draws }: SideTurn): void {
  const { own, total, mean, precision } = side;
  const alpha = state.noisePrecision;
  for (let g = 0; g < own.length; g++) {
    const old = own[g] as number;
    const square = squares[g] as number;
    const weight = precision + alpha * square;
    const centre = (precision * mean + alpha * ((pulls[g] as number) + square * old)) / weight;
    const step = centre + draws.normal() / Math.sqrt(weight) - old;
    own[g] = old + step;
    total[g] = (total[g] as number) + step;
    pulls[g] = (pulls[g] as number) - square * step;
  }
}

/** Like `drawOwn`, where a number is shared by all groups that hold the other: their evidence adds up. */
function drawImplied(side: FactorSide, { squares, pulls }: Evidence, { view, state, draws }: SideTurn): void {
  const { implied, total, impliedPrecision } = side;
  const { mirror, weights } = view;
  const alpha = state.noisePrecision;
  for (let j = 0; j < implied.length; j++) {
    const [from, to] = [mirror.offsets[j] as number, mirror.offsets[j + 1] as number];
    let [square, pull] = [0, 0];
    for (let r = from; r < to; r++) {
      const g = mirror.others[r] as number;
      const h = weights[g] as number;
      square += h * h * (squares[g] as number);
      pull += h * (pulls[g] as number);
    }
    const old = implied[j] as number;
    const weight = impliedPrecision + alpha * square;
    const step = (alpha * (pull + square * old)) / weight + draws.normal() / Math.sqrt(weight) - old;
    implied[j] = old + step;
    for (let r = from; r < to; r++) {
      const g = mirror.others[r] as number;
      const h = (weights[g] as number) * step;
      total[g] = (total[g] as number) + h;
      pulls[g] = (pulls[g] as number) - h * (squares[g] as number);
    }
  }
}

function settleResiduals(
  residuals: Float64Array,
  { before, after, given, view }: { before: Float64Array; after: Float64Array; given: Float64Array; view: SideView },
): void {
  const { groups, positions } = view;
  for (let g = 0; g < after.length; g++) {
    const step = (after[g] as number) - (before[g] as number);
    const to = groups.offsets[g + 1] as number;
    for (let r = groups.offsets[g] as number; r < to; r++) {
      const position = positions ? (positions[r] as number) : r;
      residuals[position] = (residuals[position] as number) - step * (given[groups.others[r] as number] as number);
    }
  }
}
