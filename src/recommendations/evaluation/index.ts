export { type RankingReport, reportRanking } from './evaluate-ranking.ts';
export { readRankingData } from './ranking-data.ts';
export { configureModel, RANKING_MODELS, type RankingModelName } from './ranking-models.ts';
