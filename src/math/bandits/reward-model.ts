import { assertFinite, assertIndices, assertInput, assertWhole } from '../assert.ts';
import type { ModelledRewards } from './off-policy.ts';

export interface RewardRows {
  readonly rewards: ArrayLike<number>;
  /** Chosen arm by row, counted from 0. */
  readonly arms: ArrayLike<number>;
  /** Place on the page by row, counted from 0; one place for all when absent. */
  readonly positions?: ArrayLike<number> | undefined;
}

/** Probability of each arm at each position, arm by arm within a position. */
export interface PolicyTable {
  readonly armCount: number;
  readonly positionCount: number;
  readonly probabilities: ArrayLike<number>;
}

/** Each row is expected from the four fifths of the rows that it is no part of. */
const FOLDS = 5;
/** Rows that the mean above counts for. */
const SHRINKAGE = 50;

interface Sums {
  readonly rewards: Float64Array;
  readonly rows: Float64Array;
}

/**
 * What arms are expected to earn, for the doubly robust estimate: the mean of an arm at a position, drawn to the mean of the arm,
 * which is drawn to the mean of all. Row r is expected from rows of other folds (r modulo 5), since a model that knows the
 * reward would make the estimate look surer than it is. Source: Chernozhukov and others, "Double/debiased machine learning",
 * The Econometrics Journal 21, 2018.
 *
 * @returns Null when there are fewer than ten rows.
 * @throws RangeError when lists differ in length, an arm or position is out of bounds, or a number is not finite.
 */
export function expectRewards(rows: RewardRows, policy: PolicyTable): ModelledRewards | null {
  const { rewards, arms, positions } = rows;
  assertRows(rows, policy);
  if (rewards.length < 2 * FOLDS) return null;
  const cellOf = (row: number) => ((positions?.[row] ?? 0) as number) * policy.armCount + (arms[row] as number);
  const cells = policy.armCount * policy.positionCount;
  const sums: Sums = { rewards: new Float64Array(FOLDS * cells), rows: new Float64Array(FOLDS * cells) };
  for (let row = 0; row < rewards.length; row++) {
    const at = (row % FOLDS) * cells + cellOf(row);
    sums.rewards[at] = (sums.rewards[at] as number) + (rewards[row] as number);
    sums.rows[at] = (sums.rows[at] as number) + 1;
  }
  const models = Array.from({ length: FOLDS }, (_, fold) => modelWithout(fold, sums, policy));
  const chosen = new Float64Array(rewards.length);
  const ofPolicy = new Float64Array(rewards.length);
  for (let row = 0; row < rewards.length; row++) {
    const model = models[row % FOLDS];
    chosen[row] = model?.expected[cellOf(row)] as number;
    ofPolicy[row] = model?.ofPolicy[(positions?.[row] ?? 0) as number] as number;
  }
  return { chosen, policy: ofPolicy };
}

/** `expected` by position and arm, `ofPolicy` by position. */
function modelWithout(
  fold: number,
  sums: Sums,
  policy: PolicyTable,
): { expected: Float64Array; ofPolicy: Float64Array } {
  const { armCount, positionCount, probabilities } = policy;
  const cells = armCount * positionCount;
  const rest = { rewards: new Float64Array(cells), rows: new Float64Array(cells) };
  for (let at = 0; at < FOLDS * cells; at++) {
    if (Math.floor(at / cells) === fold) continue;
    rest.rewards[at % cells] = (rest.rewards[at % cells] as number) + (sums.rewards[at] as number);
    rest.rows[at % cells] = (rest.rows[at % cells] as number) + (sums.rows[at] as number);
  }
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const mean = total(rest.rewards) / total(rest.rows);
  const expected = new Float64Array(cells);
  const ofPolicy = new Float64Array(positionCount);
  for (let arm = 0; arm < armCount; arm++) {
    const own = { rewards: 0, rows: 0 };
    for (let cell = arm; cell < cells; cell += armCount) {
      own.rewards += rest.rewards[cell] as number;
      own.rows += rest.rows[cell] as number;
    }
    const ofArm = (own.rewards + SHRINKAGE * mean) / (own.rows + SHRINKAGE);
    for (let position = 0; position < positionCount; position++) {
      const cell = position * armCount + arm;
      const value = ((rest.rewards[cell] as number) + SHRINKAGE * ofArm) / ((rest.rows[cell] as number) + SHRINKAGE);
      expected[cell] = value;
      ofPolicy[position] = (ofPolicy[position] as number) + value * (probabilities[cell] as number);
    }
  }
  return { expected, ofPolicy };
}

function assertRows({ rewards, arms, positions }: RewardRows, policy: PolicyTable): void {
  const { armCount, positionCount, probabilities } = policy;
  assertWhole('the number of arms', armCount, { min: 1 });
  assertWhole('the number of positions', positionCount, { min: 1 });
  assertInput(
    probabilities.length === armCount * positionCount,
    'there must be a probability for each position and arm',
  );
  assertInput(arms.length === rewards.length, 'there must be an arm for each reward');
  assertInput(!positions || positions.length === rewards.length, 'there must be a position for each reward');
  assertFinite('reward', rewards);
  assertFinite('probability', probabilities);
  assertIndices('arm', arms, armCount);
  if (positions) assertIndices('position', positions, positionCount);
}
