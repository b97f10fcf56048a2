import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { Content } from './content.entity.ts';
import { CONTENT_STATES } from './content.state.ts';

export const ContentStepSchema = defineEntity({
  name: 'ContentStep',
  tableName: 'content_steps',
  properties: {
    id: p.uuid().primary(),
    contentId: () => p.manyToOne(Content).mapToPk().name('content_id').index(),
    fromState: p.enum(CONTENT_STATES).nullable(),
    toState: p.enum(CONTENT_STATES),
    by: p.text(),
    /** Sentences for the supplier; none where a step needs no reason. */
    reasons: p.array(),
    at: timestamp(),
  },
});

/** One step of a content's lifecycle: who, when, why. Never changed. */
export class ContentStep extends ContentStepSchema.class {}
ContentStepSchema.setClass(ContentStep);
