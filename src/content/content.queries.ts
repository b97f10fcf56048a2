import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import type { PartnerSchema } from '../partners/index.ts';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { ContentKind, ContentSchema, Level, Module } from './content.entity.ts';
import type { ContentState } from './content.state.ts';
import type { ContentStepSchema } from './content-step.entity.ts';
import type { LicenceSchema } from './licence.entity.ts';
import { licenceCovers } from './licence.queries.ts';

export type ContentTables = InferKyselyDB<
  typeof ContentSchema | typeof LicenceSchema | typeof ContentStepSchema | typeof PartnerSchema
>;

export interface ContentRow {
  readonly id: string;
  readonly partnerId: string;
  readonly domainCode: string;
  readonly kind: ContentKind;
  readonly module: Module;
  readonly level: Level;
  readonly language: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly description: string;
  readonly keywords: readonly string[];
  readonly priceMinor: bigint;
  readonly currency: string;
  readonly durationMinutes: number | null;
  readonly minAge: number;
  readonly state: ContentState;
  readonly publishedAt: Date | null;
  readonly createdAt: Date;
}

/** Where and when somebody wants a content. */
export interface Demand {
  readonly at: Date;
  /** ISO 3166-1 alpha-2; null where it is not known. */
  readonly country: string | null;
}

/** What a sale takes over from a content. */
export interface OfferedContent {
  readonly id: string;
  readonly partnerId: string;
  readonly domainCode: string;
  readonly module: Module;
  readonly priceMinor: bigint;
  readonly currency: string;
  readonly minAge: number;
}

/** The columns of a `ContentRow`, for statements that select from `contents`. */
export const contentColumns = [
  'contents.id',
  'contents.partner_id as partnerId',
  'contents.domain_code as domainCode',
  'contents.kind',
  'contents.module',
  'contents.level',
  'contents.language',
  'contents.title',
  'contents.authors',
  'contents.description',
  'contents.keywords',
  'contents.price_minor as priceMinor',
  'contents.currency',
  'contents.duration_minutes as durationMinutes',
  'contents.min_age as minAge',
  'contents.state',
  'contents.published_at as publishedAt',
  'contents.created_at as createdAt',
] as const;

/**
 * Holds for a row of `contents` that a learner may be shown and sold: published, by an active partner, under a licence
 * that covers the demand. The statement must have the table under its own name.
 */
export function isOffered({ at, country }: Demand): RawBuilder<boolean> {
  return sql<boolean>`(contents.state = 'PUBLISHED'
    and exists (select 1 from partners where partners.id = contents.partner_id and partners.state = 'ACTIVE')
    and ${licenceCovers(at, country)})`;
}

/**
 * Holds for a row of `contents` that somebody of an age may be shown and sold. The statement must have the table under
 * its own name.
 *
 * @param age the least age that they can have, in years: `leastAge`, or `leastAgeSql` within the statement
 */
export function isFitForAge(age: number | RawBuilder<number>): RawBuilder<boolean> {
  return sql<boolean>`contents.min_age <= ${age}`;
}

/** Contents of any state, in no order: whoever shows them has checked that they may be seen. */
export function findContentsByIds(database: Database, ids: readonly string[]): Promise<ContentRow[]> {
  return database
    .read<ContentTables>()
    .selectFrom('contents')
    .select(contentColumns)
    .where(isAnyOf('id', ids))
    .execute();
}

/** Those of the contents that are on offer. */
export async function findOfferedIds(
  database: Database,
  { ids, demand }: { ids: readonly string[]; demand: Demand },
): Promise<Set<string>> {
  const rows = await database
    .read<ContentTables>()
    .selectFrom('contents')
    .select('contents.id')
    .where(isAnyOf('contents.id', ids))
    .where(isOffered(demand))
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Those of the contents that are on offer, locked so that none is withdrawn before the sale is written. */
export function lockOfferedContents(
  em: EntityManager,
  { ids, demand }: { ids: readonly string[]; demand: Demand },
): Promise<OfferedContent[]> {
  return rowsOf<ContentTables>(em)
    .selectFrom('contents')
    .select(['contents.id', 'contents.partner_id as partnerId', 'contents.domain_code as domainCode'])
    .select([
      'contents.module',
      'contents.price_minor as priceMinor',
      'contents.currency',
      'contents.min_age as minAge',
    ])
    .where(isAnyOf('contents.id', ids))
    .where(isOffered(demand))
    .orderBy('contents.id')
    .forShare()
    .execute();
}
