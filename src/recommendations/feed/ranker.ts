import type { Candidate, Wish } from './candidates.ts';
import { FEATURES, type FeatureName } from './features.ts';

/** Puts candidates in order. */
export interface FeedRanker {
  /** As feeds log it: which rule or version gave the scores. */
  readonly name: string;
  /** Log-odds of each candidate; higher is better. */
  score(candidates: readonly Candidate[], wish: Wish): Float64Array;
  /** What the log-odds of one candidate lose when a feature is set to 0, for each in the order of `FEATURES`. */
  partsOf(candidate: Candidate, wish: Wish): Float64Array;
}

/**
 * Log-odds that the features add while too little was shown to learn from. Likeness by what people did leads; what is
 * told of contents and of the person stands in where that is missing; popularity and freshness break the rest.
 */
const PRIOR: Readonly<Record<FeatureName, number>> = {
  TASTE: 6,
  TEXT: 2,
  POPULARITY: 2,
  DOMAIN_POPULARITY: 0.5,
  OCCUPATION: 1.5,
  PROFILE: 3.5,
  FRESHNESS: 0.8,
  DOMAIN_SHARE: 0.3,
  PARTNER_SHARE: 0.3,
  SEEN: -6,
  SHOWN: -1.5,
};
const PRIOR_BIAS = -6;
const WEIGHTS = Float64Array.from(FEATURES, (name) => PRIOR[name]);

/** A linear rule with weights set by hand: what serves until a ranker has learnt from what was shown. */
export const priorRanker = {
  name: 'prior',
  score(candidates: readonly { readonly features: ArrayLike<number> }[]) {
    const logOdds = new Float64Array(candidates.length).fill(PRIOR_BIAS);
    candidates.forEach(({ features }, at) => {
      for (let f = 0; f < WEIGHTS.length; f++) {
        logOdds[at] = (logOdds[at] as number) + (WEIGHTS[f] as number) * (features[f] as number);
      }
    });
    return logOdds;
  },
  partsOf({ features }: { readonly features: ArrayLike<number> }) {
    return WEIGHTS.map((weight, f) => weight * (features[f] as number));
  },
} satisfies FeedRanker;

/** 1 / (1 + e^-x). */
export function chanceOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
