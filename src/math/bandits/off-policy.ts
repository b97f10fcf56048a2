import normal from '@stdlib/stats-base-dists-normal';
import { assertFinite, assertInput } from '../assert.ts';
import { momentsOf } from '../experiments/index.ts';
import { DEFAULT_TRUST_RULES, judgeTrust, type Trust, type TrustRules } from './trust.ts';

/** What another policy chose and what came of it, a row for each choice. */
export interface LoggedChoices {
  /** What the chosen arm earned. */
  readonly rewards: ArrayLike<number>;
  /** The chance at which the policy that logged chose that arm there; above 0, at most 1. */
  readonly propensities: ArrayLike<number>;
  /** The chance at which the policy to be judged would choose that arm there; from 0 to 1. */
  readonly targets: ArrayLike<number>;
  /** For DR: what a model, learnt from other rows, expects there. */
  readonly modelled?: ModelledRewards | null;
  /** Most probability that the policy to be judged gives, anywhere, to arms that the log never chose; 0 when absent. */
  readonly unsupported?: number;
}

export interface ModelledRewards {
  /** Of the chosen arm. */
  readonly chosen: ArrayLike<number>;
  /** Of the policy to be judged: the sum over arms of its probability times what the model expects. */
  readonly policy: ArrayLike<number>;
}

export interface OffPolicyOptions {
  /** Weights above are cut to it, which trades bias for variance; null, the default: none is cut. */
  readonly clip: number | null;
  /** Of the intervals, within (0, 1). */
  readonly alpha: number;
  readonly trust: TrustRules;
}

/** The mean reward that a policy would have earned. */
export interface PolicyEstimate {
  readonly value: number;
  readonly standardError: number;
  readonly interval: readonly [lower: number, upper: number];
}

export interface OffPolicyReading {
  readonly rows: number;
  /** What the logging policy earned, by row. */
  readonly loggedMean: number;
  /** Inverse propensity score: mean of w r. Unbiased. */
  readonly ips: PolicyEstimate;
  /** Self-normalised: sum of w r / sum of w. Null when no weight is above 0. */
  readonly snips: PolicyEstimate | null;
  /** Doubly robust: mean of (expected under the policy + w (r - expected of the chosen)). Null without a model. */
  readonly dr: PolicyEstimate | null;
  /** Effective rows: (sum w)^2 / sum w^2, of uncut weights. */
  readonly ess: number;
  /** Of uncut weights; about 1 when propensities are right and every arm had its chance. */
  readonly meanWeight: number;
  readonly maxWeight: number;
  /** Rows whose weight was cut. */
  readonly clippedRows: number;
  readonly trust: Trust;
}

export const DEFAULT_OFF_POLICY_OPTIONS: OffPolicyOptions = { clip: null, alpha: 0.05, trust: DEFAULT_TRUST_RULES };

/**
 * What a policy would have earned, from the log of another, with w = target / propensity of the chosen arm. Standard errors are
 * those of means of rows; that of SNIPS is sqrt(sum w^2 (r - value)^2) / sum w. Weights are judged as they are, before they
 * are cut: cutting hides what makes an estimate worthless and does not mend it.
 *
 * Sources: Horvitz and Thompson, JASA 47, 1952; Swaminathan and Joachims, NIPS 2015; Dudik, Langford and Li, ICML 2011; Kong,
 * "A note on importance sampling using standardized weights", 1992.
 *
 * @throws RangeError with fewer than two rows, lists of different length, a probability or option out of bounds, or a number
 *   that is not finite.
 */
export function estimatePolicy(log: LoggedChoices, options: Partial<OffPolicyOptions> = {}): OffPolicyReading {
  const { clip, alpha, trust } = { ...DEFAULT_OFF_POLICY_OPTIONS, ...options };
  assertLog(log);
  assertInput(alpha > 0 && alpha < 1, `alpha must be above 0 and below 1, not ${alpha}`);
  assertInput(clip === null || clip > 0, `weights must be cut at a number above 0, not ${clip}`);
  const { rewards, propensities, targets, modelled, unsupported = 0 } = log;
  const weights = Float64Array.from(targets, (target, row) => target / (propensities[row] as number));
  const used = clip === null ? weights : weights.map((weight) => Math.min(weight, clip));
  const earned = used.map((weight, row) => weight * (rewards[row] as number));
  const facts = {
    rows: weights.length,
    ess: effectiveCount(weights),
    rewardEss: effectiveCount(weights.map((weight, row) => weight * Math.abs(rewards[row] as number))),
    maxWeight: weights.reduce((most, weight) => Math.max(most, weight), 0),
    weights: momentsOf(weights),
    unsupported,
  };
  return {
    rows: facts.rows,
    loggedMean: momentsOf(Array.from(rewards)).mean,
    ips: meanOf(earned, alpha),
    snips: selfNormalised(used, { earned, rewards, alpha }),
    dr: modelled ? meanOf(doublyRobust(used, rewards, modelled), alpha) : null,
    ess: facts.ess,
    meanWeight: facts.weights.mean,
    maxWeight: facts.maxWeight,
    clippedRows: clip === null ? 0 : weights.reduce((count, weight) => count + (weight > clip ? 1 : 0), 0),
    trust: judgeTrust(facts, trust),
  };
}

function doublyRobust(weights: Float64Array, rewards: ArrayLike<number>, modelled: ModelledRewards): Float64Array {
  return weights.map((weight, row) => {
    const surprise = (rewards[row] as number) - (modelled.chosen[row] as number);
    return (modelled.policy[row] as number) + weight * surprise;
  });
}

function meanOf(values: Float64Array, alpha: number): PolicyEstimate {
  const { count, mean, m2 } = momentsOf(values);
  return estimateOf(mean, Math.sqrt(m2 / (count - 1) / count), alpha);
}

function selfNormalised(
  weights: Float64Array,
  { earned, rewards, alpha }: { earned: Float64Array; rewards: ArrayLike<number>; alpha: number },
): PolicyEstimate | null {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return null;
  const value = earned.reduce((sum, one) => sum + one, 0) / total;
  const squares = weights.reduce((sum, weight, row) => sum + (weight * ((rewards[row] as number) - value)) ** 2, 0);
  return estimateOf(value, Math.sqrt(squares) / total, alpha);
}

function estimateOf(value: number, standardError: number, alpha: number): PolicyEstimate {
  const reach = normal.quantile(1 - alpha / 2, 0, 1) * standardError;
  return { value, standardError, interval: [value - reach, value + reach] };
}

/** (sum x)^2 / sum x^2, computed in shares of the largest so that no square is lost; 0 where all are 0. */
function effectiveCount(values: Float64Array): number {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  if (largest === 0) return 0;
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value / largest;
    squares += (value / largest) ** 2;
  }
  return (sum * sum) / squares;
}

function assertLog({ rewards, propensities, targets, modelled }: LoggedChoices): void {
  const rows = rewards.length;
  assertInput(rows >= 2, `a log must have at least two rows, not ${rows}`);
  assertInput(
    propensities.length === rows && targets.length === rows,
    'there must be one number of each kind for a row',
  );
  assertFinite('reward', rewards);
  for (let row = 0; row < rows; row++) {
    const [propensity, target] = [propensities[row] as number, targets[row] as number];
    assertInput(propensity > 0 && propensity <= 1, `propensity at position ${row} must be above 0 and at most 1`);
    assertInput(target >= 0 && target <= 1, `target at position ${row} must be from 0 to 1, not ${target}`);
  }
  if (!modelled) return;
  assertInput(
    modelled.chosen.length === rows && modelled.policy.length === rows,
    'a model must expect something of each row',
  );
  assertFinite('expectation', modelled.chosen);
  assertFinite('expectation', modelled.policy);
}
