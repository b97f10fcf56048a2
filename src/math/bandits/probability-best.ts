import betaln from '@stdlib/math-base-special-betaln';
import normal from '@stdlib/stats-base-dists-normal';
import { assertFinite, assertInput } from '../assert.ts';
import { regularisedBeta } from './incomplete-beta.ts';

/** What is believed of an arm, on a line where its density is smooth. */
interface Belief {
  density(x: number): number;
  cumulative(x: number): number;
  /** Where the density is found, ascending: between the first and the last lies all of it that counts. */
  readonly breaks: readonly number[];
  /** Its narrowest length: an integral in steps of about this is exact. */
  readonly scale: number;
}

/** In deviations: beyond 8.5 of them a normal distribution has less than 1e-16. */
const NORMAL_BREAKS = [-8.5, -5, -3, -1.5, 0, 1.5, 3, 5, 8.5];

/**
 * How likely each arm is the best one, when the value of arm i is believed to be N(means[i], deviations[i]^2), independently:
 *
 * P(i) = integral over x of density_i(x) * product over j other than i of P(value_j <= x)
 *
 * by Gauss-Legendre quadrature on steps as fine as the narrowest arm around, to about 1e-10; sums to one.
 *
 * @throws RangeError when there is no arm, lists differ in length, a number is not finite, or a deviation not above 0.
 */
export function probabilityBestOfNormals(means: ArrayLike<number>, deviations: ArrayLike<number>): Float64Array {
  assertInput(
    means.length > 0 && means.length === deviations.length,
    'there must be one deviation for each of some means',
  );
  assertFinite('mean', means);
  assertFinite('deviation', deviations);
  const beliefs = Array.from({ length: means.length }, (_, arm): Belief => {
    const mean = means[arm] as number;
    const scale = deviations[arm] as number;
    assertInput(scale > 0, `the deviation of arm ${arm} must be above 0, not ${scale}`);
    return {
      density: (x) => normal.pdf((x - mean) / scale, 0, 1) / scale,
      cumulative: (x) => normal.cdf((x - mean) / scale, 0, 1),
      breaks: NORMAL_BREAKS.map((step) => mean + step * scale),
      scale,
    };
  });
  return probabilityBest(beliefs);
}

/** A density that falls as exp(-x) has less than 1e-16 beyond this. */
const TAIL = 38;
const TAIL_PARTS = [1 / 12, 1 / 6, 1 / 4, 1 / 2, 1];

/**
 * The same when the value of arm i is believed to be Beta(alphas[i], betas[i]). The integral is over the log-odds of the value,
 * where the density x^alpha (1 - x)^beta / B(alpha, beta) is smooth up to the ends.
 *
 * @throws RangeError when there is no arm, lists differ in length, or a parameter is below .01 or above 1e9.
 */
export function probabilityBestOfBetas(alphas: ArrayLike<number>, betas: ArrayLike<number>): Float64Array {
  assertInput(alphas.length > 0 && alphas.length === betas.length, 'there must be one beta for each of some alphas');
  return probabilityBest(
    Array.from({ length: alphas.length }, (_, arm) => betaBelief(alphas[arm] as number, betas[arm] as number)),
  );
}

function betaBelief(alpha: number, beta: number): Belief {
  const fits = [alpha, beta].every((parameter) => parameter >= 0.01 && parameter <= 1e9);
  assertInput(fits, `the parameters of an arm must be from .01 to 1e9, not ${alpha} and ${beta}`);
  const middle = Math.log(alpha / beta);
  const scale = Math.sqrt(1 / alpha + 1 / beta);
  const logOfBeta = betaln(alpha, beta);
  const breaks = [
    ...TAIL_PARTS.map((part) => middle - (part * TAIL) / alpha),
    ...TAIL_PARTS.map((part) => middle + (part * TAIL) / beta),
    ...NORMAL_BREAKS.map((step) => middle + step * scale),
  ];
  return {
    // ln of x and of 1 - x at log-odds y are -log1p(exp(-y)) and -log1p(exp(y)).
    density: (y) => Math.exp(-alpha * softPlus(-y) - beta * softPlus(y) - logOfBeta),
    cumulative: (y) => regularisedBeta(y, { alpha, beta, logOfBeta }),
    breaks: breaks.sort((a, b) => a - b),
    scale: Math.min(scale, 1.5),
  };
}

function softPlus(y: number): number {
  return y > 0 ? y + Math.log1p(Math.exp(-y)) : Math.log1p(Math.exp(y));
}

/** Nodes and weights of Gauss-Legendre quadrature on [-1, 1], those above zero of sixteen. */
const NODES = [
  0.09501250983763744, 0.2816035507792589, 0.45801677765722737, 0.6178762444026438, 0.755404408355003,
  0.8656312023878318, 0.9445750230732326, 0.9894009349916499,
];
const WEIGHTS = [
  0.1894506104550685, 0.1826034150449236, 0.16915651939500254, 0.14959598881657674, 0.12462897125553388,
  0.09515851168249279, 0.062253523938647894, 0.027152459411754096,
];
/** Steps longer than this many scales of the narrowest arm within are cut. */
const LONGEST_STEP = 2.5;

function probabilityBest(beliefs: readonly Belief[]): Float64Array {
  const best = new Float64Array(beliefs.length);
  const edges = stepEdges(beliefs);
  for (let step = 1; step < edges.length; step++) {
    const half = ((edges[step] as number) - (edges[step - 1] as number)) / 2;
    const middle = ((edges[step] as number) + (edges[step - 1] as number)) / 2;
    for (let node = 0; node < NODES.length; node++) {
      const offset = (NODES[node] as number) * half;
      const weight = (WEIGHTS[node] as number) * half;
      addNode(best, beliefs, { x: middle - offset, weight });
      addNode(best, beliefs, { x: middle + offset, weight });
    }
  }
  const total = best.reduce((sum, share) => sum + share, 0);
  return best.map((share) => share / total);
}

/** The product of all others is that of those before and those behind: no division, so that a zero spoils nothing. */
function addNode(best: Float64Array, beliefs: readonly Belief[], { x, weight }: { x: number; weight: number }): void {
  const below = beliefs.map((belief) => belief.cumulative(x));
  const behind = new Float64Array(beliefs.length + 1).fill(1);
  for (let arm = beliefs.length - 1; arm >= 0; arm--) {
    behind[arm] = (behind[arm + 1] as number) * (below[arm] as number);
  }
  let before = weight;
  for (const [arm, belief] of beliefs.entries()) {
    const others = before * (behind[arm + 1] as number);
    if (others > 0) best[arm] = (best[arm] as number) + others * belief.density(x);
    before *= below[arm] as number;
  }
}

/**
 * Where steps of the integral end: at the breaks of all arms, save those that are nearer to the one before than the arm's own
 * scale asks for.
 */
function stepEdges(beliefs: readonly Belief[]): number[] {
  const breaks = beliefs
    .flatMap(({ breaks: own, scale }) => fill(own, scale).map((at) => ({ at, scale })))
    .sort((a, b) => a.at - b.at);
  const edges: number[] = [];
  for (const { at, scale } of breaks) {
    const last = edges.at(-1);
    if (last === undefined || at - last >= scale * 0.75) edges.push(at);
  }
  const end = breaks.at(-1)?.at ?? 0;
  if (end > (edges.at(-1) ?? 0)) edges.push(end);
  return edges;
}

/** Breaks of an arm with more between those that are far apart, as far as its density lies there. */
function fill(breaks: readonly number[], scale: number): number[] {
  const filled: number[] = [];
  for (const [index, to] of breaks.entries()) {
    const from = breaks[index - 1];
    const parts = from === undefined ? 1 : Math.min(8, Math.ceil((to - from) / (LONGEST_STEP * scale)));
    for (let part = 1; part <= parts; part++)
      filled.push(from === undefined ? to : from + ((to - from) * part) / parts);
  }
  return filled;
}
