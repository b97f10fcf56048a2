import { sql } from 'kysely';
import type { ContentTables } from '../content/index.ts';
import type { Database } from '../platform/database.ts';

/** Which of the ids are contents that were published at some time. What never was is nobody's to know of. */
export async function findOncePublishedIds(database: Database, ids: readonly string[]): Promise<Set<string>> {
  const rows = await database
    .read<ContentTables>()
    .selectFrom('contents')
    .select('id')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where('published_at', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.id));
}
