import type { Kysely } from 'kysely';
import type { PartnerEntryKind } from '../partner-accounts/index.ts';
import { type Database, rowsOf } from '../platform/database.ts';
import type { StatementLineRow, StatementTables } from './open-lines.queries.ts';
import type { StatementKey, StatementRow } from './statement.queries.ts';
import { lineCursor } from './statement-line.queries.ts';
import { readLines, readStatement } from './statement-reading.ts';

/** A statement with all its lines, however many, for those who take it whole. */
export interface WholeStatement {
  readonly statement: StatementRow;
  /** Root of the statement before; null when there is none. */
  readonly previousRoot: string | null;
  /** The lines, oldest first, page by page. @param kind only those of one kind */
  pages(kind?: PartnerEntryKind): AsyncIterable<readonly StatementLineRow[]>;
}

const PAGE = 1_000;

/**
 * Gives a whole statement to `work`. What is closed cannot change and is read page by page on its own; an open one is
 * read over one snapshot that lasts as long as `work` does, so that its lines add up to its figures.
 *
 * @param at what counts as now
 */
export async function withWholeStatement<T>(
  database: Database,
  { key, at }: { key: StatementKey; at: Date },
  work: (whole: WholeStatement) => Promise<T>,
): Promise<T> {
  const wholeOf = async (rows: Kysely<StatementTables>, statement: StatementRow): Promise<WholeStatement> => ({
    statement,
    previousRoot: await findPreviousRoot(rows, statement),
    pages: (kind) => readPages(rows, statement, kind),
  });
  const seen = await database.snapshot((em) => readStatement(rowsOf(em), key, at));
  if (seen.closedAt) return work(await wholeOf(database.read(), seen));
  return database.snapshot(async (em) => work(await wholeOf(rowsOf(em), await readStatement(rowsOf(em), key, at))));
}

async function* readPages(
  rows: Kysely<StatementTables>,
  statement: StatementRow,
  kind: PartnerEntryKind | undefined,
): AsyncGenerator<readonly StatementLineRow[]> {
  const kinds = kind === undefined ? null : [kind];
  for (let after: StatementLineRow | undefined; ; ) {
    const page = { first: PAGE, after: after ? lineCursor(after) : null };
    const { rows: lines, hasNextPage } = await readLines(rows, statement, { page, kinds });
    if (lines.length > 0) yield lines;
    if (!hasNextPage) return;
    after = lines.at(-1);
  }
}

async function findPreviousRoot(rows: Kysely<StatementTables>, { id }: StatementRow): Promise<string | null> {
  if (id === null) return null;
  const row = await rows
    .selectFrom('statements as statement')
    .innerJoin('statements as previous', 'previous.id', 'statement.previous_id')
    .select('previous.merkle_root as root')
    .where('statement.id', '=', id)
    .executeTakeFirst();
  return row?.root ?? null;
}
