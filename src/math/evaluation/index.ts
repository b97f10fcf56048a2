export { evaluateRanking, type RankingEvaluation, type RankingEvaluationInput } from './ranking-evaluation.ts';
