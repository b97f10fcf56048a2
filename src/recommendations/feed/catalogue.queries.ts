import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../platform/database.ts';
import type { CatalogueEntry, TextNeighbour } from './catalogue.ts';

/** A `pg_snapshot` as text: which transactions were known to have ended when the catalogue was read. */
export type Snapshot = string;

/** No transaction had ended. */
export const BEGINNING: Snapshot = '1:1:';

export interface CatalogueChanges {
  readonly entries: readonly CatalogueEntry[];
  readonly snapshot: Snapshot;
}

interface ChangedRow extends Omit<CatalogueEntry, 'id' | 'textNeighbours'> {
  readonly id: string | null;
  readonly neighbourIds: string | null;
  readonly similarities: string | null;
  readonly snapshot: Snapshot;
}

/** Holds for a row of `catalogue_changes` that a transaction wrote which `since` did not know to have ended. */
function isNewerThan(since: Snapshot): RawBuilder<boolean> {
  return sql<boolean>`(catalogue_changes.changed_in >= pg_snapshot_xmin(${since}::pg_snapshot)
    and not pg_visible_in_snapshot(catalogue_changes.changed_in, ${since}::pg_snapshot))`;
}

/** Whether contents changed that a catalogue read at `since` does not have. */
export function hasCatalogueChanged(since: Snapshot): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from catalogue_changes where ${isNewerThan(since)})`;
}

/**
 * The contents that are or were on the shelf and that changed since the catalogue was read at `since`: also those that
 * a slow transaction changed earlier and committed later.
 */
export async function findCatalogueChanges(database: Database, since: Snapshot): Promise<CatalogueChanges> {
  const { rows } = await sql<ChangedRow>`
    select changed.*, read_at.snapshot
    from (select pg_current_snapshot()::text as snapshot) as read_at
    left join lateral (
      select contents.id, contents.title, contents.partner_id as "partnerId", partners.name as "partnerName",
        contents.domain_code as "domainCode", domains.name as "domainName", domains.name_zh as "domainNameZh",
        contents.kind, contents.module, contents.language, contents.min_age as "minAge",
        (extract(epoch from contents.published_at) * 1000)::float8 as "publishedAtMs",
        contents.state = 'PUBLISHED' as "isListed",
        array_to_string(near.neighbour_ids, ',') as "neighbourIds", array_to_string(near.scores, ',') as similarities
      from catalogue_changes
      join contents on contents.id = catalogue_changes.content_id
      join partners on partners.id = contents.partner_id
      join domains on domains.code = contents.domain_code
      left join content_text_neighbours as near on near.content_id = contents.id
      where ${isNewerThan(since)} and contents.published_at is not null
    ) as changed on true
    order by changed."publishedAtMs", changed.id
  `.execute(database.read());
  return { entries: rows.flatMap(toEntry), snapshot: rows[0]?.snapshot ?? since };
}

function toEntry({ id, neighbourIds, similarities, snapshot: _, ...entry }: ChangedRow): CatalogueEntry[] {
  if (id === null) return [];
  const values = similarities?.split(',').map(Number) ?? [];
  const textNeighbours = (neighbourIds?.split(',') ?? []).flatMap((contentId, at): TextNeighbour[] => {
    const similarity = values[at];
    return contentId === '' || similarity === undefined ? [] : [{ contentId, similarity }];
  });
  return [{ id, ...entry, textNeighbours }];
}
