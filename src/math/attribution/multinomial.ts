import type { SeededDraws } from '../random/seeded-draws.ts';

/** Fewer draws than this for each cell are made one by one. */
const DRAWS_A_CELL = 4;
/** Of so many trials, each is drawn. */
const FEW_TRIALS = 32;

/** Draws with replacement from cells of given weights; the same seed gives the same counts. */
export interface MultinomialSampler {
  /** Fills `counts` with how many of `draws` fall into each cell. */
  draw(counts: Float64Array, draws: number): void;
}

/**
 * Exact, in time that grows with the smaller of draws and cells: many draws are first shared out between halves of the
 * cells by binomial numbers, so that a file of a billion journeys along a thousand paths costs no billion draws.
 *
 * @param weights Finite, not negative, with a sum above zero.
 */
export function multinomialSampler(weights: Float64Array, random: SeededDraws): MultinomialSampler {
  // Cells without weight are left out, so that no rounding lets a draw fall into one.
  const cells = Int32Array.from(weights.keys()).filter((cell) => (weights[cell] as number) > 0);
  const sums = new Float64Array(cells.length + 1);
  cells.forEach((cell, at) => {
    sums[at + 1] = (sums[at] as number) + (weights[cell] as number);
  });
  const mass = (from: number, to: number) => (sums[to] as number) - (sums[from] as number);

  const drawBetween = (counts: Float64Array, { from, to, draws }: { from: number; to: number; draws: number }) => {
    if (draws === 0) return;
    if (to - from === 1) {
      counts[cells[from] as number] = draws;
    } else if (draws <= DRAWS_A_CELL * (to - from)) {
      for (let draw = 0; draw < draws; draw++) {
        const at = (sums[from] as number) + random.uniform() * mass(from, to);
        const cell = cells[placeOf(at, { sums, from, to })] as number;
        counts[cell] = (counts[cell] as number) + 1;
      }
    } else {
      const middle = (from + to) >> 1;
      const share = mass(from, middle) / mass(from, to);
      const below = drawBinomial({ trials: draws, probability: share }, random);
      drawBetween(counts, { from, to: middle, draws: below });
      drawBetween(counts, { from: middle, to, draws: draws - below });
    }
  };

  return {
    draw(counts, draws) {
      counts.fill(0);
      drawBetween(counts, { from: 0, to: cells.length, draws });
    },
  };
}

/** The place with `sums[place] <= at < sums[place + 1]`, from `from` to before `to`. */
function placeOf(at: number, { sums, from, to }: { sums: Float64Array; from: number; to: number }): number {
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) <= at) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * How many of some uniform numbers lie below a probability. The one in the middle of them is drawn by its beta
 * distribution, and tells on which side to go on with half as many.
 * Source: Relles, Journal of the American Statistical Association 67(338), 1972; Ahrens and Dieter, Computing 12, 1974.
 */
export function drawBinomial(
  { trials, probability }: { trials: number; probability: number },
  random: SeededDraws,
): number {
  let [left, chance, successes] = [trials, probability, 0];
  while (left > FEW_TRIALS) {
    if (chance <= 0) return successes;
    if (chance >= 1) return successes + left;
    const place = 1 + Math.floor(left / 2);
    const [below, above] = [random.gamma(place), random.gamma(left + 1 - place)];
    const middle = below / (below + above);
    if (chance < middle) {
      left = place - 1;
      chance /= middle;
    } else {
      successes += place;
      left -= place;
      chance = (chance - middle) / (1 - middle);
    }
  }
  for (let trial = 0; trial < left; trial++) if (random.uniform() < chance) successes++;
  return successes;
}
