import { type RawBuilder, sql } from 'kysely';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import type { PageRequest } from '../shared/page.ts';

/** How rows of a table that belong to campaigns are listed: by an instant, and then by id. */
export interface PartList {
  readonly table: string;
  /** What to select, of the alias `part`; with `campaignId`. */
  readonly columns: RawBuilder<unknown>;
  /** Column of the instant. */
  readonly at: string;
  readonly direction: 'asc' | 'desc';
  /** Which rows, of the alias `part`; all when absent. */
  readonly where?: RawBuilder<unknown>;
}

/**
 * The same page of the lists of several campaigns in one statement: of each at most `first + 1` rows, the last of which
 * says that there are more.
 *
 * @throws InvalidInputError when the cursor is none of a list by time
 */
export async function findPartPages<Row>(
  database: Database,
  { campaignIds, request }: { campaignIds: readonly string[]; request: PageRequest },
  { table, columns, at, direction, where = sql`true` }: PartList,
): Promise<Row[]> {
  const after = readInstantCursor(request.after);
  const instant = sql.ref(`part.${at}`);
  const order = direction === 'asc' ? sql`asc` : sql`desc`;
  const beyond = direction === 'asc' ? sql`>` : sql`<`;
  const from = after ? sql`(${instant}, part.id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`;
  const { rows } = await sql<Row>`
    select page.*
    from unnest(${campaignIds}::uuid[]) as asked (campaign_id)
    cross join lateral (
      select ${columns}
      from ${sql.table(table)} part
      where part.campaign_id = asked.campaign_id and ${where} and ${from}
      order by ${instant} ${order}, part.id ${order}
      limit ${request.first + 1}
    ) page`.execute(database.read());
  return rows;
}

/** @throws InvalidInputError when a campaign has as many rows in a table as it may. Whoever asks holds the campaign. */
export async function requireRoom(
  em: EntityManager,
  table: string,
  { campaignId, most }: { campaignId: string; most: number },
): Promise<void> {
  const { rows } = await sql<{ isFull: boolean }>`
    select count(*) >= ${most} as "isFull" from ${sql.table(table)} where campaign_id = ${campaignId}`.execute(
    rowsOf(em),
  );
  if (rows[0]?.isFull) throw new InvalidInputError('campaignId', `A campaign has at most ${most} of these.`);
}
