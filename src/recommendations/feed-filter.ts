import { type RawBuilder, sql } from 'kysely';
import { type ContentKind, type Demand, isOffered, type Module } from '../content/index.ts';
import { InvalidInputError } from '../shared/domain-error.ts';

/** Lists say "one of these"; an empty or absent list says nothing. Different lists add up. */
export interface FeedFilter {
  readonly modules?: readonly Module[];
  readonly domains?: readonly string[];
  readonly kinds?: readonly ContentKind[];
  /** BCP 47; `zh` finds `zh-CN` too. */
  readonly languages?: readonly string[];
  /** Only among these contents. */
  readonly contentIds?: readonly string[];
}

const MOST_VALUES = 50;
/** As many as one page of a feed can hold. */
export const MOST_RANKED = 100;

/** @throws InvalidInputError for a list that is too long */
export function checkFilter(filter: FeedFilter): void {
  for (const [field, values] of Object.entries(filter)) {
    const most = field === 'contentIds' ? MOST_RANKED : MOST_VALUES;
    if (values && values.length > most) {
      throw new InvalidInputError(field, `"${field}" takes at most ${most} values, not ${values.length}.`);
    }
  }
}

/** Holds for a row of `contents` that is on offer and within the filter. */
export function isEligible(demand: Demand, filter: FeedFilter): RawBuilder<boolean> {
  const { modules = [], domains = [], kinds = [], languages = [], contentIds = [] } = filter;
  const conditions = [
    isOffered(demand),
    ...(modules.length > 0 ? [sql<boolean>`contents.module = any(${modules}::text[])`] : []),
    ...(domains.length > 0 ? [sql<boolean>`contents.domain_code = any(${domains}::text[])`] : []),
    ...(kinds.length > 0 ? [sql<boolean>`contents.kind = any(${kinds}::text[])`] : []),
    ...(languages.length > 0 ? [isInLanguages(languages)] : []),
    ...(contentIds.length > 0 ? [sql<boolean>`contents.id = any(${contentIds}::uuid[])`] : []),
  ];
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

/** By the "basic filtering" of RFC 4647, on the whole tag or its first part. */
function isInLanguages(languages: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`(contents.language = any(${languages}::text[])
    or split_part(contents.language, '-', 1) = any(${languages}::text[]))`;
}
