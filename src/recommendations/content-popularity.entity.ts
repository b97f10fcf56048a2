import { defineEntity, p } from '@mikro-orm/core';
import { ModelVersion } from './model-version.entity.ts';

export const ContentPopularitySchema = defineEntity({
  name: 'ContentPopularity',
  tableName: 'content_popularity',
  properties: {
    versionId: () => p.manyToOne(ModelVersion).mapToPk().name('version_id').primary(),
    contentId: p.uuid().primary(),
    /** Sum of time-decayed weights of what people did with it. */
    score: p.double(),
  },
});

/** How much people do with a content, in one version. What a feed falls back on. */
export class ContentPopularity extends ContentPopularitySchema.class {}
ContentPopularitySchema.setClass(ContentPopularity);
