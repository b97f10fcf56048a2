import { type RawBuilder, sql } from 'kysely';
import { InvalidInputError } from '../shared/domain-error.ts';
import type { ContentKind, Module } from './content.entity.ts';
import { type Demand, isOffered } from './content.queries.ts';

/** Lists say "one of these"; an empty or absent list says nothing. Different lists add up. */
export interface ShelfFilter {
  readonly modules?: readonly Module[];
  readonly domains?: readonly string[];
  readonly kinds?: readonly ContentKind[];
  /** BCP 47; `zh` finds `zh-CN` too. */
  readonly languages?: readonly string[];
  /** Only among these contents. */
  readonly contentIds?: readonly string[];
}

const MOST_VALUES = 50;
/** As many as one page can hold. */
export const MOST_RANKED = 100;

/** @throws InvalidInputError for a list that is too long */
export function checkFilter(filter: ShelfFilter): void {
  for (const [field, values] of Object.entries(filter)) {
    const most = field === 'contentIds' ? MOST_RANKED : MOST_VALUES;
    if (values && values.length > most) {
      throw new InvalidInputError(field, `"${field}" takes at most ${most} values, not ${values.length}.`);
    }
  }
}

/** Holds for a row of `contents` that is on offer and within the filter. */
export function isEligible(demand: Demand, filter: ShelfFilter): RawBuilder<boolean> {
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

/** As `isEligible` without the offer, for a content that is at hand. */
export function isInFilter(
  content: { id: string; module: Module; domainCode: string; kind: ContentKind; language: string },
  filter: ShelfFilter,
): boolean {
  const { modules = [], domains = [], kinds = [], languages = [], contentIds = [] } = filter;
  return (
    isAmong(modules, content.module) &&
    isAmong(domains, content.domainCode) &&
    isAmong(kinds, content.kind) &&
    (isAmong(languages, content.language) || languages.includes(content.language.split('-', 1)[0] ?? '')) &&
    isAmong(contentIds, content.id)
  );
}

function isAmong<Value>(values: readonly Value[], value: Value): boolean {
  return values.length === 0 || values.includes(value);
}
