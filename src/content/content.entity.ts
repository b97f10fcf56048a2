import { defineEntity, p } from '@mikro-orm/core';
import { Domain } from '../domains/index.ts';
import { Partner } from '../partners/index.ts';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { CONTENT_STATES, type ContentState, contentLifecycle } from './content.state.ts';

export const CONTENT_KINDS = [
  'COURSE',
  'BOOK',
  'LECTURE',
  'ARTICLE',
  'VIDEO',
  'PRODUCT',
  'EVENT',
  'CAREER_SERVICE',
  'FINANCIAL_PRODUCT',
] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

/** Lines of business. */
export const MODULES = ['COURSE', 'COMMERCE', 'ENTERTAINMENT', 'COMMUNITY', 'CAREER', 'FINANCE'] as const;
export type Module = (typeof MODULES)[number];

export const LEVELS = ['BEGINNER', 'INTERMEDIATE', 'ADVANCED'] as const;
export type Level = (typeof LEVELS)[number];

export const ContentSchema = defineEntity({
  name: 'Content',
  tableName: 'contents',
  indexes: [{ properties: ['state', 'publishedAt', 'id'] }],
  checks: [{ name: 'contents_min_age_check', expression: 'min_age >= 0 and min_age <= 21' }],
  properties: {
    id: p.uuid().primary(),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id').index(),
    domainCode: () => p.manyToOne(Domain).mapToPk().name('domain_code').index(),
    kind: p.enum(CONTENT_KINDS),
    module: p.enum(MODULES),
    level: p.enum(LEVELS),
    /** BCP 47. */
    language: p.text(),
    title: p.text(),
    authors: p.array(),
    description: p.text(),
    keywords: p.array(),
    priceMinor: minorUnits(),
    currency: currencyCode(),
    durationMinutes: p.integer().nullable(),
    /** Years that somebody must have to be shown and sold it; 0 for everybody. */
    minAge: p.smallint().default(0),
    state: p.enum(CONTENT_STATES),
    publishedAt: timestamp().nullable(),
    externalRef: p.text().nullable().unique(),
    createdAt: timestamp(),
  },
});

/** Anything that is recommended or sold. */
export class Content extends ContentSchema.class {
  /** @throws IllegalTransitionError when the lifecycle has no such step. */
  moveTo(state: ContentState, at: Date): void {
    assertTransition('content', contentLifecycle, { from: this.state, to: state });
    this.state = state;
    if (state === 'PUBLISHED') this.publishedAt ??= at;
  }
}
ContentSchema.setClass(Content);
