import { defineEntity, p } from '@mikro-orm/core';
import { Content } from '../content/index.ts';

export const ContentSearchSchema = defineEntity({
  name: 'ContentSearch',
  tableName: 'content_search',
  properties: {
    contentId: () => p.oneToOne(Content).mapToPk().name('content_id').primary().owner().deleteRule('cascade'),
    /** Of everything that the terms follow from, so that what changed is found. */
    digest: p.text(),
    /** Folded, as queries are compared with it. */
    title: p.text(),
    /** The words of the content with the weight of the field that they stand in, A to D. */
    terms: p.text().columnType('tsvector'),
  },
  indexes: [
    {
      name: 'content_search_terms',
      expression: 'create index "content_search_terms" on "content_search" using gin ("terms")',
    },
  ],
});

/** What a content is found by. */
export class ContentSearch extends ContentSearchSchema.class {}
ContentSearchSchema.setClass(ContentSearch);
