export type { Candidate, Criterion } from './criteria.ts';
export type { EffectFactors } from './effect-factors.ts';
export { effectIndex } from './effect-index.ts';
export { entropyWeights } from './entropy-weights.ts';
export { rankPartners } from './rank-partners.ts';
export { forecastRegistrations, type PastCampaign } from './registration-forecast.ts';
