import { defineEntity, p } from '@mikro-orm/core';
import { ModelVersion } from './model-version.entity.ts';

export const ContentPopularitySchema = defineEntity({
  name: 'ContentPopularity',
  tableName: 'content_popularity',
  // A feed reads the most popular ones that it may show, and stops.
  indexes: [{ properties: ['versionId', 'score', 'contentId'] }],
  properties: {
    versionId: () => p.manyToOne(ModelVersion).mapToPk().name('version_id').primary(),
    contentId: p.uuid().primary(),
    /** Sum over people of how much each wanted it: the logarithm of one plus their time-decayed weights. Above 0. */
    score: p.double(),
  },
});

/** How much people do with a content, in one version. What a feed falls back on. */
export class ContentPopularity extends ContentPopularitySchema.class {}
ContentPopularitySchema.setClass(ContentPopularity);
