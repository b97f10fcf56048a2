import { assertInput } from '../assert.ts';
import type { CsrMatrix } from '../sparse/index.ts';

export interface EaseOptions {
  /** Penalty on the squares of what is learnt, in squared weight of an interaction; finite and above 0. */
  readonly l2: number;
  /**
   * Probability, from 0 to below 1, with which each interaction is imagined to be lost while all are to be explained. 0
   * is plain EASE; above it, a much chosen item is penalised more than a rare one.
   */
  readonly dropout: number;
  /** Scores are divided by this power, from -1 to 1, of how often an item was chosen, in squared weight. 0: they are not. */
  readonly popularityPower: number;
  /** Items or users, whichever are fewer, beyond which it refuses: time grows with the cube of them; at most 10,000. */
  readonly maxSize: number;
}

/** What is set apart for each item. */
export interface EaseTerms {
  /** Added to the diagonal of X'X: l2 + p / (1 - p) (X'X)_ii for a dropout of p. */
  readonly penalties: Float64Array;
  /** What scores are multiplied with. */
  readonly scales: Float64Array;
}

/** @throws RangeError when a penalty is lost beside the weights in double precision. */
export function easeTerms(train: CsrMatrix, { l2, dropout, popularityPower }: EaseOptions): EaseTerms {
  const squares = new Float64Array(train.columnCount);
  for (let e = 0; e < train.entryCount; e++) {
    const column = train.columns[e] as number;
    squares[column] = (squares[column] as number) + (train.values[e] as number) ** 2;
  }
  const penalties = squares.map((sum) => l2 + (dropout / (1 - dropout)) * sum);
  assertSolvable(
    squares.every((sum, item) => {
      const penalty = penalties[item] as number;
      return penalty < Number.POSITIVE_INFINITY && penalty > Number.EPSILON * sum;
    }),
  );
  return { penalties, scales: squares.map((sum) => (sum > 0 ? sum ** -popularityPower : 1)) };
}

/** @throws RangeError when what was to be solved has no solution in double precision. */
export function assertSolvable(solved: boolean): asserts solved {
  assertInput(solved, 'l2 is so small beside the weights of the interactions that the model cannot be solved for');
}
