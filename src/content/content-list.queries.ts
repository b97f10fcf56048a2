import { type Expression, type ExpressionBuilder, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { isInScope } from '../platform/is-any-of.ts';
import { type Actor, countryOf, partnerScope } from '../shared/actor.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Cursor, type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { ContentKind, Level, Module } from './content.entity.ts';
import { type ContentRow, type ContentTables, contentColumns, isOffered } from './content.queries.ts';
import type { ContentState } from './content.state.ts';

/** Conditions add up; absent ones do not count. */
export interface ContentFilter {
  readonly domainCode?: string | null | undefined;
  readonly kind?: ContentKind | null | undefined;
  readonly module?: Module | null | undefined;
  readonly level?: Level | null | undefined;
  /** BCP 47; `zh` finds `zh-CN` too. */
  readonly language?: string | null | undefined;
  readonly partnerId?: string | null | undefined;
  /** Only for lists of suppliers: what learners are offered is published. */
  readonly state?: ContentState | null | undefined;
}

type Builder = ExpressionBuilder<ContentTables, 'contents'>;

/** What is on offer to the actor at `at`, newest first. */
export async function findOfferedPage(
  database: Database,
  { actor, at, filter, page }: { actor: Actor; at: Date; filter: ContentFilter; page: PageRequest },
): Promise<Page<ContentRow>> {
  const rows = await database
    .read<ContentTables>()
    .selectFrom('contents')
    .select(contentColumns)
    .where(isOffered({ at, country: countryOf(actor) }))
    .where((builder) => builder.and(conditions(builder, { ...filter, state: null })))
    .where(isBefore(sql`(contents.published_at, contents.id)`, page.after))
    .orderBy('contents.published_at', 'desc')
    .orderBy('contents.id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** Contents of any state that the actor's partners supply, newest first; of all partners for an admin. */
export async function findSuppliedPage(
  database: Database,
  { actor, filter, page }: { actor: Actor; filter: ContentFilter; page: PageRequest },
): Promise<Page<ContentRow>> {
  const rows = await database
    .read<ContentTables>()
    .selectFrom('contents')
    .select(contentColumns)
    .where((builder) => builder.and(conditions(builder, filter)))
    .where(isInScope('contents.partner_id', partnerScope(actor)))
    .where(isBefore(sql`(contents.created_at, contents.id)`, page.after))
    .orderBy('contents.created_at', 'desc')
    .orderBy('contents.id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** The content, when it is on offer to the actor at `at`, or supplied by a partner of theirs, or the actor is an admin. */
export async function findVisibleContent(
  database: Database,
  { actor, at, id }: { actor: Actor; at: Date; id: string },
): Promise<ContentRow | null> {
  const row = await database
    .read<ContentTables>()
    .selectFrom('contents')
    .select(contentColumns)
    .where('contents.id', '=', id)
    .where((builder) =>
      builder.or([isOffered({ at, country: countryOf(actor) }), isInScope('contents.partner_id', partnerScope(actor))]),
    )
    .executeTakeFirst();
  return row ?? null;
}

function conditions(builder: Builder, filter: ContentFilter): Expression<SqlBool>[] {
  const { domainCode, kind, module, level, language, partnerId, state } = filter;
  return [
    ...(domainCode ? [builder('contents.domain_code', '=', domainCode)] : []),
    ...(kind ? [builder('contents.kind', '=', kind)] : []),
    ...(module ? [builder('contents.module', '=', module)] : []),
    ...(level ? [builder('contents.level', '=', level)] : []),
    ...(language ? [inLanguage(language)] : []),
    ...(partnerId ? [builder('contents.partner_id', '=', partnerId)] : []),
    ...(state ? [builder('contents.state', '=', state)] : []),
  ];
}

/** Holds for rows that a list with the newest first shows after the cursor. @throws InvalidInputError */
function isBefore(key: RawBuilder<unknown>, cursor: Cursor | null): RawBuilder<boolean> {
  const after = readInstantCursor(cursor);
  return after ? sql<boolean>`${key} < (${after.at}, ${after.id}::uuid)` : sql<boolean>`true`;
}

function inLanguage(language: string): Expression<SqlBool> {
  return sql<boolean>`(contents.language = ${language} or starts_with(contents.language, ${`${language}-`}))`;
}
