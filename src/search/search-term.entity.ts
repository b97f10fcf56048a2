import { defineEntity, p } from '@mikro-orm/core';

export const SearchTermSchema = defineEntity({
  name: 'SearchTerm',
  tableName: 'search_terms',
  properties: {
    /** In the order of its bytes, so that the terms with one beginning stand together. */
    term: p.text().columnType('text collate "C"').primary(),
    stem: p.text().index(),
    /** What it is found by when it is not typed as it is written: see `keysOf`. */
    keys: p.array(),
    contentCount: p.integer(),
  },
  indexes: [
    { name: 'search_terms_keys', expression: 'create index "search_terms_keys" on "search_terms" using gin ("keys")' },
  ],
});

/** A word that some indexed content has, for those who type another form of it. */
export class SearchTerm extends SearchTermSchema.class {}
SearchTermSchema.setClass(SearchTerm);
