export { type RankingReport, reportRanking } from './evaluate-ranking.ts';
export { readRankingData } from './ranking-data.ts';
export {
  configureModel,
  describeModels,
  RANKING_MODELS,
  type RankingModelName,
  searchSpaceOf,
} from './ranking-models.ts';
