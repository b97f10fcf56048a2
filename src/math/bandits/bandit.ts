import { assertFinite, assertIndices, assertInput } from '../assert.ts';
import type { SeededDraws } from '../random/seeded-draws.ts';
import { type Floors, withFloors } from './floors.ts';

/** What came of one choice. */
export interface Outcome {
  readonly arm: number;
  /** What the arm earned, on the scale of its bandit. */
  readonly reward: number;
  /** What was known at the choice, as long as `contextSize`; empty for a bandit that looks at nothing. */
  readonly context: ArrayLike<number>;
}

/**
 * A policy that learns which of some arms earns most. Every member keeps what `test/contract/bandit.contract.ts` checks: its
 * probabilities sum to one and do not depend on chance, the order of outcomes does not matter, arms may change places, the
 * state can be kept as JSON and taken up elsewhere, and what is best is found.
 */
export interface Bandit<State = unknown> {
  readonly name: string;
  readonly armCount: number;
  /** Numbers that a context has; 0 for a bandit that looks at nothing. */
  readonly contextSize: number;
  /**
   * How likely the policy chooses each arm, exactly: what is logged as propensity.
   *
   * @throws RangeError when the context has another size or holds what is not finite.
   */
  probabilities(context: ArrayLike<number>): Float64Array;
  /** @throws RangeError when there is no such arm, the reward is out of bounds, or the context as above. */
  learn(outcome: Outcome): void;
  /** All that it learnt, as plain JSON. */
  state(): State;
}

export interface Choice {
  readonly arm: number;
  /** The chance at which this arm was chosen here: above zero. To be logged, since estimates divide by it. */
  readonly propensity: number;
  /** Of all arms, floors included. */
  readonly probabilities: Float64Array;
}

/**
 * Draws an arm as the policy would have it, floors kept.
 *
 * @throws RangeError when the context does not fit, or the floors cannot be kept.
 */
export function chooseArm(
  bandit: Bandit,
  { context = [], floors = {}, draws }: { context?: ArrayLike<number>; floors?: Floors; draws: SeededDraws },
): Choice {
  const probabilities = withFloors(bandit.probabilities(context), floors);
  let rest = draws.uniform() * probabilities.reduce((sum, share) => sum + share, 0);
  let arm = -1;
  for (const [candidate, share] of probabilities.entries()) {
    if (share === 0) continue;
    arm = candidate;
    if (rest < share) break;
    rest -= share;
  }
  return { arm, propensity: probabilities[arm] as number, probabilities };
}

/** @throws RangeError when there is no such arm, or the context has another size or holds what is not finite. */
export function assertOutcome({ arm, context }: Outcome, bandit: Pick<Bandit, 'armCount' | 'contextSize'>): void {
  assertIndices('arm', [arm], bandit.armCount);
  assertContext(context, bandit.contextSize);
}

/** @throws RangeError when the context has another size or holds what is not finite. */
export function assertContext(context: ArrayLike<number>, size: number): void {
  assertInput(context.length === size, `a context must have ${size} numbers, not ${context.length}`);
  assertFinite('number of the context', context);
}
