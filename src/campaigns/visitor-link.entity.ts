import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';

export const VisitorLinkSchema = defineEntity({
  name: 'VisitorLink',
  tableName: 'visitor_links',
  properties: {
    /** Pseudonym, as touchpoints and conversions carry it. */
    visitorId: p.text().primary(),
    userId: p.uuid().index(),
    /** When the event that showed both arrived. */
    seenAt: timestamp(),
  },
});

/**
 * The account behind a pseudonym, known since an event carried both. The first account seen keeps it, so that no
 * touchpoint ever counts for two people.
 */
export class VisitorLink extends VisitorLinkSchema.class {}
VisitorLinkSchema.setClass(VisitorLink);
