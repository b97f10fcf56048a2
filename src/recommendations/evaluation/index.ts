export { readCandidateData, readLeaveOneOutData } from './candidate-data.ts';
export { candidateTask } from './candidate-task.ts';
export { readColdStartData } from './cold-start-data.ts';
export { coldStartTask } from './cold-start-task.ts';
export { type Comparison, compareRatings, compareReports } from './compare-reports.ts';
export { COLD_START_MODELS, type ColdStartModelName, configureColdStartModel } from './content-entry.ts';
export { readCrossDomainData } from './cross-domain-data.ts';
export { crossDomainTask } from './cross-domain-task.ts';
export { type DetailedReport, type EvaluationTask, measureModel } from './evaluation-task.ts';
export { INTERACTION_FORMATS, type InteractionFormat } from './interaction-file.reader.ts';
export { markdownReport, type ReportEntry } from './markdown-report.ts';
export { readRankingData } from './ranking-data.ts';
export {
  configureModel,
  describeModels,
  RANKING_MODELS,
  type RankingModelName,
} from './ranking-models.ts';
export { rankingTask } from './ranking-task.ts';
export { readRatingData } from './rating-data.ts';
export { configurePredictor, RATING_MODELS, type RatingModelName } from './rating-models.ts';
export { type RatingReport, reportRatings } from './rating-report.ts';
export { parseSearchSpace, type SearchSpace } from './search-space.ts';
export { readTuneData } from './tune-data.ts';
export { type TuneReport, tuneModel } from './tune-model.ts';
