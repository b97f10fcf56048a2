import { defineEntity, p } from '@mikro-orm/core';
import { Content } from '../../content/index.ts';

export const ContentTextNeighboursSchema = defineEntity({
  name: 'ContentTextNeighbours',
  tableName: 'content_text_neighbours',
  properties: {
    contentId: () => p.oneToOne(Content).mapToPk().name('content_id').primary().owner().deleteRule('cascade'),
    /** Most similar first, at most 50; of contents that a version knows. */
    neighbourIds: p.array().columnType('uuid[]'),
    /** Similarity of each neighbour, in (0, 1]. */
    scores: p.array<number>((text) => Number(text)).columnType('real[]'),
  },
});

/** The contents most like one that came after the last training, by what is told of it. Gone when a version knows it. */
export class ContentTextNeighbours extends ContentTextNeighboursSchema.class {}
ContentTextNeighboursSchema.setClass(ContentTextNeighbours);
