import { assertInput, assertWhole } from '../assert.ts';
import { assertContext, assertOutcome, type Bandit, type Outcome } from './bandit.ts';
import { probabilityBestOfBetas } from './probability-best.ts';

/** Parameters of each arm's Beta distribution, the prior included. */
export interface BetaState {
  readonly alphas: readonly number[];
  readonly betas: readonly number[];
}

export interface BetaThompsonOptions {
  readonly armCount: number;
  /** Of every arm before anything was seen; from .01. Both 1, where every rate is as likely, when absent. */
  readonly prior?: { readonly alpha: number; readonly beta: number };
  /** To go on from. */
  readonly state?: BetaState;
}

/**
 * Thompson sampling where an arm earns or does not, or a share of what it could. An arm is chosen as often as it is the best one
 * by what is believed, which is an integral and no draw: its probability is known exactly. Source: Thompson, Biometrika 25,
 * 1933; Chapelle and Li, NIPS 2011.
 *
 * @throws RangeError when there is no arm, the prior is out of bounds, or the state is that of another number of arms.
 */
export function betaThompson({
  armCount,
  prior = { alpha: 1, beta: 1 },
  state,
}: BetaThompsonOptions): Bandit<BetaState> {
  assertWhole('the number of arms', armCount, { min: 1 });
  const alphas = Float64Array.from(state?.alphas ?? new Array<number>(armCount).fill(prior.alpha));
  const betas = Float64Array.from(state?.betas ?? new Array<number>(armCount).fill(prior.beta));
  assertInput(alphas.length === armCount && betas.length === armCount, `the state must be one of ${armCount} arms`);
  let known: Float64Array | null = probabilityBestOfBetas(alphas, betas);
  return {
    name: 'beta-thompson',
    armCount,
    contextSize: 0,
    probabilities(context) {
      assertContext(context, 0);
      known ??= probabilityBestOfBetas(alphas, betas);
      return known.slice();
    },
    learn(outcome: Outcome) {
      assertOutcome(outcome, { armCount, contextSize: 0 });
      const { arm, reward } = outcome;
      assertInput(reward >= 0 && reward <= 1, `a reward must be from 0 to 1, not ${reward}`);
      alphas[arm] = (alphas[arm] as number) + reward;
      betas[arm] = (betas[arm] as number) + 1 - reward;
      known = null;
    },
    state: () => ({ alphas: [...alphas], betas: [...betas] }),
  };
}
