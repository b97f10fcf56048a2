import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { MODEL_NAMES, ModelVersion } from './model-version.entity.ts';

export const ModelPointerSchema = defineEntity({
  name: 'ModelPointer',
  tableName: 'model_pointers',
  properties: {
    model: p.enum(MODEL_NAMES).primary(),
    versionId: () => p.manyToOne(ModelVersion).mapToPk().name('version_id'),
    switchedAt: timestamp(),
  },
});

/** The version of a model that serves. Publishing is moving this. */
export class ModelPointer extends ModelPointerSchema.class {}
ModelPointerSchema.setClass(ModelPointer);
