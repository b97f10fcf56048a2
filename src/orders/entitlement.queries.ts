import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { OrderTables } from './order.queries.ts';

export interface EntitlementRow {
  readonly id: string;
  readonly contentId: string;
  readonly orderId: string;
  readonly grantedAt: Date;
}

/** What a person has access to, latest first. */
export async function findEntitlementPage(
  database: Database,
  userId: string,
  page: PageRequest,
): Promise<Page<EntitlementRow>> {
  const after = readInstantCursor(page.after);
  const rows = await database
    .read<OrderTables>()
    .selectFrom('entitlements')
    .select(['id', 'content_id as contentId', 'order_id as orderId', 'granted_at as grantedAt'])
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .$if(after !== null, (query) => query.where(sql<boolean>`(granted_at, id) < (${after?.at}, ${after?.id}::uuid)`))
    .orderBy('granted_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** Those of the contents that a person has access to. */
export async function findOwnedContentIds(
  database: Database,
  { userId, contentIds }: { userId: string; contentIds: readonly string[] },
): Promise<Set<string>> {
  const rows = await database
    .read<OrderTables>()
    .selectFrom('entitlements')
    .select('content_id as contentId')
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where(isAnyOf('content_id', contentIds))
    .execute();
  return new Set(rows.map((row) => row.contentId));
}
