import { defineEntity, p } from '@mikro-orm/core';
import { ModelVersion } from '../model-version.entity.ts';

export const ModelArtifactSchema = defineEntity({
  name: 'ModelArtifact',
  tableName: 'model_artifacts',
  properties: {
    versionId: () => p.manyToOne(ModelVersion).mapToPk().name('version_id').primary().deleteRule('cascade'),
    /** What it is a part of: an `ArtifactName`. */
    name: p.text().primary(),
    position: p.integer().primary(),
    bytes: p.blob(),
  },
});

/** A piece of a version in the form in which programs load it as a whole. Gone with the version. */
export class ModelArtifact extends ModelArtifactSchema.class {}
ModelArtifactSchema.setClass(ModelArtifact);
