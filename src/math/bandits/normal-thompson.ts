import { assertInput, assertWhole } from '../assert.ts';
import { type Moments, mergeMoments, NO_UNITS } from '../experiments/index.ts';
import { assertContext, assertOutcome, type Bandit, type Outcome } from './bandit.ts';
import { probabilityBestOfNormals } from './probability-best.ts';

/** What each arm has earned. */
export interface NormalState {
  readonly arms: readonly Moments[];
}

export interface NormalThompsonOptions {
  readonly armCount: number;
  /** What an arm's mean reward is believed to be before anything was seen: normal; the deviation above 0. */
  readonly prior: { readonly mean: number; readonly deviation: number };
  /** How far single rewards lie from their arm's mean, above 0: a first guess that counts as one reward. */
  readonly noiseDeviation: number;
  /** To go on from. */
  readonly state?: NormalState;
}

/**
 * Thompson sampling where rewards are amounts, such as spend. Of an arm with n rewards of mean m, where single rewards have the
 * variance s^2, the mean is believed to be normal with the precision 1 / d^2 + n / s^2 and the mean
 * (m0 / d^2 + n m / s^2) / precision. s^2 is one for all arms, pooled from what was seen:
 * (first guess + sum of squared distances from the arms' means) / (1 + sum of (n - 1)).
 *
 * Source: Russo and others, "A tutorial on Thompson sampling", 2018, section 4.
 *
 * @throws RangeError when there is no arm, an option is out of bounds, or the state is that of another number of arms.
 */
export function normalThompson(options: NormalThompsonOptions): Bandit<NormalState> {
  const { armCount, prior, noiseDeviation, state } = options;
  assertWhole('the number of arms', armCount, { min: 1 });
  for (const deviation of [prior.deviation, noiseDeviation]) {
    assertInput(Number.isFinite(deviation) && deviation > 0, `a deviation must be above 0, not ${deviation}`);
  }
  assertInput(Number.isFinite(prior.mean), `the mean of the prior must be finite, not ${prior.mean}`);
  const arms: Moments[] = [...(state?.arms ?? new Array<Moments>(armCount).fill(NO_UNITS))];
  assertInput(arms.length === armCount, `the state must be one of ${armCount} arms`);
  let known: Float64Array | null = null;
  return {
    name: 'normal-thompson',
    armCount,
    contextSize: 0,
    probabilities(context) {
      assertContext(context, 0);
      known ??= probabilitiesOf(arms, { prior, noiseDeviation });
      return known.slice();
    },
    learn(outcome: Outcome) {
      assertOutcome(outcome, { armCount, contextSize: 0 });
      const { arm, reward } = outcome;
      assertInput(Number.isFinite(reward), `a reward must be finite, not ${reward}`);
      arms[arm] = mergeMoments(arms[arm] ?? NO_UNITS, { count: 1, mean: reward, m2: 0 });
      known = null;
    },
    state: () => ({ arms: arms.map((moments) => ({ ...moments })) }),
  };
}

function probabilitiesOf(
  arms: readonly Moments[],
  { prior, noiseDeviation }: Pick<NormalThompsonOptions, 'prior' | 'noiseDeviation'>,
): Float64Array {
  const freedom = arms.reduce((sum, { count }) => sum + Math.max(0, count - 1), 0);
  const variance = (noiseDeviation ** 2 + arms.reduce((sum, { m2 }) => sum + m2, 0)) / (1 + freedom);
  const ofPrior = 1 / prior.deviation ** 2;
  const precisions = arms.map(({ count }) => ofPrior + count / variance);
  const means = arms.map(
    ({ count, mean }, arm) => (prior.mean * ofPrior + (mean * count) / variance) / (precisions[arm] as number),
  );
  return probabilityBestOfNormals(
    means,
    precisions.map((precision) => 1 / Math.sqrt(precision)),
  );
}
