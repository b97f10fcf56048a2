import { defineEntity, p } from '@mikro-orm/core';
import { ModelVersion } from './model-version.entity.ts';

export const ContentNeighboursSchema = defineEntity({
  name: 'ContentNeighbours',
  tableName: 'content_neighbours',
  properties: {
    versionId: () => p.manyToOne(ModelVersion).mapToPk().name('version_id').primary(),
    contentId: p.uuid().primary(),
    /** Most similar first, at most 100. */
    neighbourIds: p.array().columnType('uuid[]'),
    /** Similarity of each neighbour, in (0, 1]. */
    scores: p.array<number>((text) => Number(text)).columnType('real[]'),
  },
});

/** The contents most like one content, in one version of the similarity model. */
export class ContentNeighbours extends ContentNeighboursSchema.class {}
ContentNeighboursSchema.setClass(ContentNeighbours);
