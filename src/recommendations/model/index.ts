export { ContentTextNeighboursSchema } from './content-text-neighbours.entity.ts';
export { copyBytes } from './copy-bytes.ts';
export { ModelArtifactSchema } from './model-artifact.entity.ts';
export { loadArtifact, saveArtifact, takeOverParts } from './model-artifact.store.ts';
export { loadServedModel, servingVersionId } from './served-model.store.ts';
