import { sql } from 'kysely';
import { bulkInsert } from '../../platform/bulk-insert.ts';
import { type Database, type EntityManager, rowsOf } from '../../platform/database.ts';
import { isAnyOf } from '../../platform/is-any-of.ts';
import type { PlacedContent } from './text-placement.ts';
import { TEXT_ROW } from './training-sources.ts';

/** Published contents that nobody placed yet. */
export async function findUnplacedIds(database: Database): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from contents
    where state = 'PUBLISHED'
      and not exists (select 1 from content_text_neighbours where content_id = contents.id)
    order by id
  `.execute(database.read());
  return rows.map(({ id }) => id);
}

/** What is told of those of the contents that are published: lines of `TextRow`. */
export async function readTextLines(database: Database, ids: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const { rows } = await sql<{ line: string }>`
    select ${sql.raw(TEXT_ROW)}::text as line
    from contents join partners on partners.id = contents.partner_id
    where contents.state = 'PUBLISHED' and ${isAnyOf('contents.id', ids)}
    order by contents.id
  `.execute(database.read());
  return new TextEncoder().encode(rows.map(({ line }) => line).join('\n'));
}

/** Saves where contents were placed, in place of where they were before. */
export async function savePlaced(em: EntityManager, placed: readonly PlacedContent[]): Promise<void> {
  await dropPlaced(
    em,
    placed.map(({ contentId }) => contentId),
  );
  const rows = placed.map(({ contentId, neighbourIds, scores }) => ({
    content_id: contentId,
    neighbour_ids: neighbourIds,
    scores,
  }));
  await bulkInsert(em, 'content_text_neighbours', rows);
}

/** Forgets where contents were placed: a version knows them by now. */
export async function dropPlaced(em: EntityManager, contentIds: readonly string[]): Promise<void> {
  await sql`delete from content_text_neighbours where ${isAnyOf('content_id', contentIds)}`.execute(rowsOf(em));
}

/** Whether there is a published content that is neither one of these nor was placed. */
export async function isSomeUnplaced(em: EntityManager, knownIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (
      select 1 from contents
      where state = 'PUBLISHED'
        and not exists (select 1 from unnest(${knownIds}::uuid[]) as known (id) where known.id = contents.id)
        and not exists (select 1 from content_text_neighbours where content_id = contents.id)) as is
  `.execute(rowsOf(em));
  return rows[0]?.is ?? false;
}
