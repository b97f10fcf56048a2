import { defineEntity, p } from '@mikro-orm/core';

export const CatalogueChangeSchema = defineEntity({
  name: 'CatalogueChange',
  tableName: 'catalogue_changes',
  properties: {
    contentId: p.uuid().primary(),
    /** The transaction that changed it last, or its partner's or domain's name. Kept by triggers. */
    changedIn: p.string().columnType('xid8').index(),
  },
});

/** Which transaction changed a content that is or was on the shelf. */
export class CatalogueChange extends CatalogueChangeSchema.class {}
CatalogueChangeSchema.setClass(CatalogueChange);
