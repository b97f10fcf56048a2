import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { Content } from './content.entity.ts';

/** Stands for every country in a licence's territory. */
export const WORLDWIDE = '*';

export const LicenceSchema = defineEntity({
  name: 'Licence',
  tableName: 'licences',
  properties: {
    id: p.uuid().primary(),
    contentId: () => p.manyToOne(Content).mapToPk().name('content_id').index(),
    /** ISO 3166-1 alpha-2 codes, or `*` alone for the whole world. */
    territory: p.array(),
    exclusive: p.boolean(),
    validFrom: timestamp(),
    /** First instant at which the licence no longer holds; absent: without end. */
    validUntil: timestamp().nullable(),
  },
});

/** The right to use a content: where, and from when until when. */
export class Licence extends LicenceSchema.class {
  covers(at: Date, country: string | null): boolean {
    if (at < this.validFrom || (this.validUntil && at >= this.validUntil)) return false;
    return this.territory.includes(WORLDWIDE) || (country !== null && this.territory.includes(country));
  }
}
LicenceSchema.setClass(Licence);
