import { assertInput } from '../assert.ts';
import type { CsrMatrix } from '../sparse/index.ts';

/** What is added to the diagonal of X'X: l2 + scale * (X'X)_ii. */
export interface EasePenalty {
  readonly l2: number;
  readonly scale: number;
}

/**
 * What is added for each item.
 *
 * @throws RangeError when it is lost beside the weights in double precision.
 */
export function itemPenalties(train: CsrMatrix, { l2, scale }: EasePenalty): Float64Array {
  const squares = new Float64Array(train.columnCount);
  for (let e = 0; e < train.entryCount; e++) {
    const column = train.columns[e] as number;
    squares[column] = (squares[column] as number) + (train.values[e] as number) ** 2;
  }
  return squares.map((sum) => {
    const penalty = l2 + scale * sum;
    assertSolvable(penalty < Number.POSITIVE_INFINITY && penalty > Number.EPSILON * sum);
    return penalty;
  });
}

/** @throws RangeError when what was to be solved has no solution in double precision. */
export function assertSolvable(solved: boolean): asserts solved {
  assertInput(solved, 'l2 is so small beside the weights of the interactions that the model cannot be solved for');
}
