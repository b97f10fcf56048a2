import type { Kysely } from 'kysely';
import { idFromName } from '../shared/ids.ts';
import type { Page } from '../shared/page.ts';
import { findFirstOpenMonth, type StatementLineRow, type StatementTables } from './open-lines.queries.ts';
import {
  findClosing,
  findLastClosed,
  type StatementKey,
  type StatementRow,
  sumOpenLines,
  sumPending,
} from './statement.queries.ts';
import { findClosedLines, findOpenLines, type LinesRequest } from './statement-line.queries.ts';

type Rows = Kysely<StatementTables>;

/** A statement is named after what it is about: the same name before and after it is written. */
export function statementIdOf({ partnerId, currency, period }: StatementKey): string {
  return idFromName('statement', `${partnerId} ${currency} ${period}`);
}

/**
 * A statement as it was written when its month was closed, or as it would be written now.
 *
 * @param rows of one snapshot, so that its figures agree
 * @param at what counts as now
 */
export async function readStatement(rows: Rows, key: StatementKey, at: Date): Promise<StatementRow> {
  const closedAt = await findClosing(rows, key.period);
  const last = await findLastClosed(rows, key);
  if (last?.period === key.period) return last;
  const carried = last?.closingMinor ?? 0n;
  const common = { id: null, ...key, carriedFrom: last?.period ?? null, merkleRoot: null, closedAt };
  if (closedAt) {
    const figures = { openingMinor: carried, closingMinor: carried, pendingMinor: 0n, totals: [], lineCount: 0 };
    return { ...common, ...figures };
  }
  const firstOpen = await findFirstOpenMonth(rows);
  const { beforeMinor, withinMinor, totals } = await sumOpenLines(rows, key, firstOpen);
  const openingMinor = carried + beforeMinor;
  return {
    ...common,
    openingMinor,
    closingMinor: openingMinor + withinMinor,
    pendingMinor: await sumPending(rows, key, { firstOpen, at }),
    totals,
    lineCount: totals.reduce((sum, { count }) => sum + count, 0),
  };
}

/** A page of the lines of a statement that `readStatement` gave, also when its month was closed in between. */
export async function readLines(
  rows: Rows,
  statement: StatementRow,
  request: LinesRequest,
): Promise<Page<StatementLineRow>> {
  if (statement.id !== null) return findClosedLines(rows, statement.id, request);
  if (statement.closedAt) return { rows: [], hasNextPage: false };
  const firstOpen = await findFirstOpenMonth(rows);
  const isClosedByNow = firstOpen !== null && statement.period < firstOpen;
  if (isClosedByNow) return findClosedLines(rows, statementIdOf(statement), request);
  return findOpenLines(rows, statement, { ...request, firstOpen });
}
