import type { ChoiceCriterion, MarketScale } from './criterion-figures.ts';
import type { MissingReason, PartnerFigures } from './partner-figures.ts';

/** IMPUTE: the median of the known figures stands in. LEAVE_OUT: who misses one that others have is not ranked. */
export const MISSING_POLICIES = ['IMPUTE', 'LEAVE_OUT'] as const;
export type MissingPolicy = (typeof MISSING_POLICIES)[number];

/** What stands in for a figure that is missing. */
export const TREATMENTS = ['MEDIAN', 'CRITERION_LEFT_OUT'] as const;
export type Treatment = (typeof TREATMENTS)[number];

export const LEFT_OUT_REASONS = ['NOT_ACTIVE', 'NOTHING_KNOWN', 'FIGURE_MISSING'] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** By criterion; those that are not named count nothing. */
export type CriterionWeights = ReadonlyMap<ChoiceCriterion, number>;

export interface Candidate {
  readonly partnerId: string;
  readonly figures: PartnerFigures;
}

export interface CriterionScore {
  readonly criterion: ChoiceCriterion;
  readonly unit: string;
  /** Null when it is missing. */
  readonly figure: number | null;
  readonly missing: MissingReason | null;
  readonly treatment: Treatment | null;
  /** What was counted with: the figure, or what stands in for it; null where the criterion is left out. */
  readonly usedFigure: number | null;
  /** That over the root of the sum of squares of all that are ranked. */
  readonly normalised: number | null;
  readonly weight: number;
  /** What it adds to the closeness: those of all criteria sum to it. */
  readonly gained: number;
  /** What it takes from 1: those of all criteria sum to 1 less the closeness. */
  readonly lost: number;
}

export interface RankedCandidate {
  readonly partnerId: string;
  readonly rank: number;
  readonly closeness: number;
  /** Part of the weight asked for that rests on known figures, from 0 to 1. */
  readonly confidence: number;
  readonly figures: PartnerFigures;
  readonly scores: readonly CriterionScore[];
}

export interface CriterionUse {
  readonly criterion: ChoiceCriterion;
  readonly unit: string;
  /** As given, as a part of their sum; null by entropy. */
  readonly askedWeight: number | null;
  /** As used. All sum to 1 where a partner is ranked. */
  readonly weight: number;
  /** Candidates of which it is known. */
  readonly knownCount: number;
  readonly flag: 'CONSTANT' | 'UNKNOWN' | null;
}

export interface LeftOutPartner {
  readonly partnerId: string;
  readonly reason: LeftOutReason;
  readonly missing: readonly ChoiceCriterion[];
}

export interface Ranking {
  readonly ranked: readonly RankedCandidate[];
  readonly leftOut: readonly LeftOutPartner[];
  readonly criteria: readonly CriterionUse[];
  readonly market: MarketScale;
}

export interface RankingChoice {
  readonly weights: CriterionWeights | 'ENTROPY';
  readonly missing: MissingPolicy;
  readonly isTargeted: boolean;
}
