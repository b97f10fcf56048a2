export { type CandidateCases, evaluateCandidates } from './candidate-evaluation.ts';
export { type PairedDifference, pairedBootstrap, pooledBootstrap } from './paired-bootstrap.ts';
export { evaluateRanking, type RankingEvaluation } from './ranking-evaluation.ts';
export { evaluateRatings, type RatingCases, type RatingEvaluation } from './rating-evaluation.ts';
