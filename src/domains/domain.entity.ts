import { defineEntity, p } from '@mikro-orm/core';

export const DomainSchema = defineEntity({
  name: 'Domain',
  tableName: 'domains',
  properties: {
    /** Short stable name: `technology`. */
    code: p.text().primary(),
    name: p.text(),
    nameZh: p.text(),
  },
});

/** A subject area. Data, not an enumeration: operators add their own. */
export class Domain extends DomainSchema.class {}
DomainSchema.setClass(Domain);
