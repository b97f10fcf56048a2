export { ContentNeighbours, ContentNeighboursSchema } from './content-neighbours.entity.ts';
export { ContentPopularity, ContentPopularitySchema } from './content-popularity.entity.ts';
export { ModelPointer, ModelPointerSchema } from './model-pointer.entity.ts';
export { MODEL_NAMES, type ModelName, ModelVersion, ModelVersionSchema } from './model-version.entity.ts';
export { SimilarityService, type TrainingReport } from './similarity.service.ts';
