import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { PartnerBlockSchema } from './partner-block.entity.ts';

type Tables = InferKyselyDB<typeof PartnerBlockSchema>;

export interface PartnerBlockRow {
  readonly partnerId: string;
  readonly blockedAt: Date;
}

/**
 * The partners that a person blocks, at the moment of the statement that this is part of, as a `uuid[]` in no order; at
 * most `MOST_BLOCKED`.
 *
 * @param userId an identifier, or an expression of the statement; a column is given with its table
 */
export function blockedPartnerIds(userId: string | RawBuilder<unknown>): RawBuilder<string[]> {
  return sql<string[]>`array(
    select partner_blocks.partner_id from partner_blocks where partner_blocks.user_id = ${userId})`;
}

/** Partners that a person blocks, the last one first. */
export async function findPartnerBlockPage(
  database: Database,
  userId: string,
  page: PageRequest,
): Promise<Page<PartnerBlockRow>> {
  const after = readInstantCursor(page.after);
  const rows = await database
    .read<Tables>()
    .selectFrom('partner_blocks')
    .select(['partner_id as partnerId', 'blocked_at as blockedAt'])
    .where('user_id', '=', userId)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(blocked_at, partner_id) < (${after?.at}, ${after?.id}::uuid)`),
    )
    .orderBy('blocked_at', 'desc')
    .orderBy('partner_id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** Those of the partners that a person blocks. */
export async function findBlockedAmong(
  database: Database,
  { userId, partnerIds }: { userId: string; partnerIds: readonly string[] },
): Promise<Set<string>> {
  const rows = await database
    .read<Tables>()
    .selectFrom('partner_blocks')
    .select('partner_id as partnerId')
    .where('user_id', '=', userId)
    .where(isAnyOf('partner_id', partnerIds))
    .execute();
  return new Set(rows.map((row) => row.partnerId));
}

/** How many partners a person blocks. */
export async function countBlocks(em: EntityManager, userId: string): Promise<number> {
  const { blocks } = await rowsOf<Tables>(em)
    .selectFrom('partner_blocks')
    .select(sql<number>`count(*)::int`.as('blocks'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return blocks;
}
