import type { InferKyselyDB } from '@mikro-orm/postgresql';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { ContentKind, ContentSchema, Level, Module } from './content.entity.ts';
import type { ContentState } from './content.state.ts';
import type { LicenceSchema } from './licence.entity.ts';

export type ContentTables = InferKyselyDB<typeof ContentSchema | typeof LicenceSchema>;

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
  readonly state: ContentState;
  readonly publishedAt: Date | null;
  readonly createdAt: Date;
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
  'contents.state',
  'contents.published_at as publishedAt',
  'contents.created_at as createdAt',
] as const;

/** Contents of any state, in no order: whoever shows them has checked that they may be seen. */
export async function findContentsByIds(database: Database, ids: readonly string[]): Promise<ContentRow[]> {
  return database
    .read<ContentTables>()
    .selectFrom('contents')
    .select(contentColumns)
    .where(isAnyOf('id', ids))
    .execute();
}
