import type { Moments } from '../experiments/index.ts';

/** Why an estimate is not to be trusted. */
export type DistrustCode =
  | 'FEW_EFFECTIVE_ROWS'
  | 'SMALL_EFFECTIVE_SHARE'
  | 'ONE_ROW_WEIGHS_TOO_MUCH'
  | 'FEW_EFFECTIVE_REWARDS'
  | 'WEIGHTS_DO_NOT_AVERAGE_TO_ONE'
  | 'ARMS_WITHOUT_SUPPORT';

export interface Distrust {
  readonly code: DistrustCode;
  /** A sentence for people. */
  readonly reason: string;
}

export interface Trust {
  /** Whether a policy may be launched on the strength of this: false blocks the launch. */
  readonly isTrusted: boolean;
  /** Everything that speaks against; none where it is trusted. */
  readonly reasons: readonly Distrust[];
}

/** From which numbers on an estimate is trusted. */
export interface TrustRules {
  /** Effective rows. */
  readonly leastEss: number;
  /** Effective rows as a share of rows: below, the policies differ so much that the tail of the weights decides. */
  readonly leastEssShare: number;
  /** Effective rows that earned something: with few the standard error itself is a guess. */
  readonly leastRewardEss: number;
  /** The heaviest row's part of all weight. */
  readonly mostWeightShare: number;
  /** Standard errors by which the mean weight may miss 1. */
  readonly mostWeightErrors: number;
}

export const DEFAULT_TRUST_RULES: TrustRules = {
  leastEss: 200,
  leastEssShare: 0.1,
  leastRewardEss: 20,
  mostWeightShare: 0.05,
  mostWeightErrors: 4,
};

export interface WeightFacts {
  readonly rows: number;
  readonly ess: number;
  /** Effective rows of weight times the size of the reward. */
  readonly rewardEss: number;
  readonly maxWeight: number;
  readonly weights: Moments;
  /** Probability on arms that the log never chose. */
  readonly unsupported: number;
}

const ROUNDING = 1e-9;
/** Logs keep propensities to a few digits: a mean weight that is off by this much says nothing. */
const HARMLESS = 0.01;

/**
 * Whether weights can carry an estimate. Effective rows say how good it is only while weights are tame, therefore the
 * others. Source: Chatterjee and Diaconis, "The sample size required in importance sampling", Annals of Applied
 * Probability 28, 2018; Saito and others, "Open Bandit Dataset and Pipeline", 2020, for what to log.
 */
export function judgeTrust(facts: WeightFacts, rules: TrustRules): Trust {
  const { rows, ess, rewardEss, unsupported } = facts;
  const reasons: Distrust[] = [];
  const against = (code: DistrustCode, reason: string) => reasons.push({ code, reason });
  if (ess < rules.leastEss) {
    against('FEW_EFFECTIVE_ROWS', `${rows} rows count for ${shown(ess)}; at least ${rules.leastEss} are needed.`);
  }
  if (ess / rows < rules.leastEssShare) {
    const least = `${shown(100 * rules.leastEssShare)} %`;
    against(
      'SMALL_EFFECTIVE_SHARE',
      `Effective rows are ${shown((100 * ess) / rows)} % of ${rows}, less than ${least}: the policies differ too much.`,
    );
  }
  if (rewardEss < rules.leastRewardEss) {
    against(
      'FEW_EFFECTIVE_REWARDS',
      `The estimate rests on ${shown(rewardEss)} effective rewards; at least ${rules.leastRewardEss} are needed.`,
    );
  }
  const heaviest = facts.maxWeight / (facts.weights.mean * rows);
  if (heaviest > rules.mostWeightShare) {
    against('ONE_ROW_WEIGHS_TOO_MUCH', `A single row carries ${shown(100 * heaviest)} % of all weight.`);
  }
  if (missesOne(facts.weights, rules.mostWeightErrors)) {
    against(
      'WEIGHTS_DO_NOT_AVERAGE_TO_ONE',
      `Weights average to ${shown(facts.weights.mean)}, not 1: propensities are wrong, or arms had no chance.`,
    );
  }
  if (unsupported > ROUNDING) {
    against('ARMS_WITHOUT_SUPPORT', `The policy gives ${shown(100 * unsupported)} % to arms that the log never chose.`);
  }
  return { isTrusted: reasons.length === 0, reasons };
}

function missesOne({ count, mean, m2 }: Moments, mostErrors: number): boolean {
  const error = Math.sqrt(m2 / (count - 1) / count);
  return Math.abs(mean - 1) > mostErrors * error + HARMLESS;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}
