import { defineEntity, p } from '@mikro-orm/core';
import type { ShelfFilter } from '../../content/index.ts';
import { timestamp } from '../../platform/columns.ts';

const numbers = (columnType: 'real[]' | 'smallint[]') => p.array<number>((text) => Number(text)).columnType(columnType);

export const FeedSchema = defineEntity({
  name: 'Feed',
  tableName: 'feeds',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    madeAt: timestamp(),
    /** The model that it was made with; null for none. No foreign key: versions go before their feeds do. */
    versionId: p.uuid().nullable(),
    /** Which ranker scored it. */
    ranker: p.text(),
    filter: p.json<ShelfFilter>(),
    /** The first so many places were given out: these are impressions. */
    shown: p.integer(),
    /** One entry a place in this column and in those that follow. */
    contentIds: p.array().columnType('uuid[]'),
    scores: numbers('real[]'),
    /** How likely the place was to get this content, in (0, 1]. */
    propensities: numbers('real[]'),
    sources: p.array().columnType('text[]'),
    /**
     * What the ranker saw, `FEATURE_COUNT` numbers a place in units of 1 / `FEATURE_UNITS`, one place after the other.
     */
    features: numbers('smallint[]'),
  },
  indexes: [{ properties: ['userId', 'madeAt'] }, { properties: ['madeAt'] }],
});

/**
 * A list that somebody was given: what its later pages go on with, what counts as shown, and what rankers learn from.
 */
export class Feed extends FeedSchema.class {}
FeedSchema.setClass(Feed);
