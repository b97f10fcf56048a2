export { MAX_DOMAINS, MAX_PERIOD_DAYS, type Period } from './choice-goal.ts';
export {
  CHOICE_CRITERIA,
  type ChoiceCriterion,
  MARKET_MEASURES,
  type MarketMeasure,
} from './criterion-figures.ts';
export { FACTORS, type FactorName, type KnownFactors } from './effect-factors.ts';
export { type EffectForecast, FORECAST_STATES, type ForecastState } from './effect-forecast.ts';
export {
  type EffectWish,
  MAX_EFFECT_PARTNERS,
  MAX_NAMED_PARTNERS,
  PartnerChoiceService,
  type RankingWish,
} from './partner-choice.service.ts';
export type { PartnerEffect, PartnerPart } from './partner-effect.ts';
export { MISSING_REASONS, type MissingReason, type PartnerFigures } from './partner-figures.ts';
export {
  type CriterionScore,
  type CriterionUse,
  LEFT_OUT_REASONS,
  type LeftOutPartner,
  type LeftOutReason,
  MISSING_POLICIES,
  type MissingPolicy,
  type RankedCandidate,
  type Ranking,
  TREATMENTS,
  type Treatment,
} from './ranking.ts';
