import { assertAtLeast, assertInput, assertWhole } from '../assert.ts';

/** What candidates have in common with each other, and how much each trait counts. */
export interface Trait {
  /** Candidates with the same value have it in common; one value a candidate. */
  readonly values: ArrayLike<number>;
  /** What it adds to the likeness of two candidates; those of all traits add up to less than 1. */
  readonly weight: number;
}

export interface DiverseSelectionOptions {
  /** How many to choose, at most. */
  readonly count: number;
  /** Choices before the next one that it shall differ from. */
  readonly window: number;
}

/**
 * Chooses candidates that are good and unlike those chosen just before: greedy inference for a determinantal point
 * process within a sliding window (Chen, Zhang and Zhou, "Fast Greedy MAP Inference for Determinantal Point Process to
 * Improve Recommendation Diversity", NeurIPS 2018). The likeness of two candidates is the sum of the weights of the
 * traits that they share, and 1 with itself. Each step takes the candidate with the greatest
 * `scores[i] + log(d_i^2)`, d_i^2 being what is left of i's own 1 once the window's choices have explained their part:
 * with weights that add up to w, what repeats every trait falls back by less than `-log(1 - w)`.
 *
 * Time O(count * n * window^2), memory O(n + window^2).
 *
 * @param scores log-odds or the like, n of them, finite
 * @returns places of the chosen in `scores`, in the order of choice; of equal ones the first goes first
 * @throws RangeError for a negative weight, weights that add up to 1 or more, or columns of another length
 */
export function selectDiverse(
  scores: ArrayLike<number>,
  traits: readonly Trait[],
  { count, window }: DiverseSelectionOptions,
): Int32Array {
  checkTraits(scores.length, traits);
  assertWhole('count', count, { min: 0, max: 2 ** 31 - 1 });
  assertWhole('window', window, { min: 0, max: 1_000 });
  const chosen = new Int32Array(Math.min(count, scores.length));
  const isChosen = new Uint8Array(scores.length);
  const choice = { scores, greatestFrom: greatestFrom(scores), likenesses: tableOf(traits, scores.length), isChosen };
  for (let step = 0; step < chosen.length; step++) {
    const next = bestBeside(chosen.subarray(Math.max(0, step - window), step), choice);
    chosen[step] = next;
    isChosen[next] = 1;
  }
  return chosen;
}

/** Traits in arrays of one kind each, which are read many times. */
interface TraitTable {
  /** One row a candidate, one column a trait. */
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

function tableOf(traits: readonly Trait[], length: number): TraitTable {
  const values = new Float64Array(length * traits.length);
  traits.forEach((trait, at) => {
    for (let i = 0; i < length; i++) values[i * traits.length + at] = trait.values[i] as number;
  });
  return { values, weights: Float64Array.from(traits, ({ weight }) => weight) };
}

/** The greatest score of each candidate and those after it. */
function greatestFrom(scores: ArrayLike<number>): Float64Array {
  const greatest = new Float64Array(scores.length);
  let most = Number.NEGATIVE_INFINITY;
  for (let i = scores.length - 1; i >= 0; i--) {
    most = Math.max(most, scores[i] as number);
    greatest[i] = most;
  }
  return greatest;
}

interface Choice {
  readonly scores: ArrayLike<number>;
  readonly greatestFrom: Float64Array;
  readonly likenesses: TraitTable;
  readonly isChosen: Uint8Array;
}

function bestBeside(recent: Int32Array, { scores, greatestFrom, likenesses, isChosen }: Choice): number {
  const factor = choleskyOf(recent, likenesses);
  const solved = new Float64Array(recent.length);
  let best = -1;
  let bestGain = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) {
    // What is left of a candidate's own likeness is at most 1, so the score bounds the gain.
    if ((greatestFrom[i] as number) <= bestGain) break;
    if (isChosen[i] === 1 || (scores[i] as number) <= bestGain) continue;
    const gain = (scores[i] as number) + Math.log(leftOf(i, { recent, factor, solved, likenesses }));
    if (gain > bestGain) [best, bestGain] = [i, gain];
  }
  return best;
}

interface Beside {
  readonly recent: Int32Array;
  /** Lower triangle L of the recent choices' likenesses K = L L^T, row by row. */
  readonly factor: Float64Array;
  /** Room for as many numbers as there are recent choices. */
  readonly solved: Float64Array;
  readonly likenesses: TraitTable;
}

/** 1 - k^T K^-1 k, with k the likeness of the candidate to the recent choices. */
function leftOf(candidate: number, { recent, factor, solved, likenesses }: Beside): number {
  const size = recent.length;
  let left = 1;
  for (let row = 0; row < size; row++) {
    let value = likeness(candidate, recent[row] as number, likenesses);
    for (let column = 0; column < row; column++) {
      value -= (factor[row * size + column] as number) * (solved[column] as number);
    }
    const part = value / (factor[row * size + row] as number);
    solved[row] = part;
    left -= part * part;
  }
  return left;
}

function choleskyOf(recent: Int32Array, likenesses: TraitTable): Float64Array {
  const size = recent.length;
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let value = row === column ? 1 : likeness(recent[row] as number, recent[column] as number, likenesses);
      for (let inner = 0; inner < column; inner++) {
        value -= (factor[row * size + inner] as number) * (factor[column * size + inner] as number);
      }
      factor[row * size + column] =
        row === column ? Math.sqrt(value) : value / (factor[column * size + column] as number);
    }
  }
  return factor;
}

function likeness(one: number, other: number, { values, weights }: TraitTable): number {
  const width = weights.length;
  let sum = 0;
  for (let at = 0; at < width; at++) {
    if (values[one * width + at] === values[other * width + at]) sum += weights[at] as number;
  }
  return sum;
}

function checkTraits(length: number, traits: readonly Trait[]): void {
  let total = 0;
  for (const { values, weight } of traits) {
    assertAtLeast('a weight', weight, 0);
    assertInput(
      values.length === length,
      `there must be one value for each of ${length} candidates, not ${values.length}`,
    );
    total += weight;
  }
  assertInput(total < 1, `the weights must add up to less than 1, not ${total}`);
}
