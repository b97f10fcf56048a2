import { sql } from 'kysely';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { invariant } from '../shared/invariant.ts';
import { endOfMonth, type Month } from '../shared/month.ts';
import { claimEntries, findUnbalanced } from './closing.queries.ts';
import { writeStatements } from './closing-writer.ts';
import { findFirstClosedMonth, findFirstOpenMonth, openLines, type StatementTables } from './open-lines.queries.ts';
import { PeriodNotOverError, PeriodOrderError } from './statement.errors.ts';
import { findClosing, findTimeZones } from './statement.queries.ts';

/** What a closing did. */
export interface Closing {
  readonly statements: number;
  readonly lines: number;
  /** False when the month was closed already: nothing was done. */
  readonly isNew: boolean;
}

/**
 * Posts what is missing to guaranteed minimums whose window ends with a month, and what has become too much or too
 * little since for windows of the months that were closed, the first of which is told.
 */
export interface GuaranteeTopUp {
  topUp(em: EntityManager, closing: { period: Month; firstClosed: Month | null }): Promise<unknown>;
}

const ATTEMPTS = 5;
/** PostgreSQL's word for: somebody changed what the snapshot shows. */
const SERIALIZATION_FAILURE = '40001';

/**
 * Closes a month: tops up what was guaranteed for it, and writes every partner's statement with all lines, in one
 * transaction over one snapshot. One closing at a time; a month that is closed already stays as it is. What others
 * post meanwhile is not in the snapshot, stays without a statement, and is late on the next one.
 * Where somebody changed a row that it has to change too, it begins anew over a new snapshot.
 *
 * @throws PeriodNotOverError, PeriodOrderError
 */
export async function closeMonth(platform: Platform, request: ClosingRequest): Promise<Closing> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryToClose(platform, request);
    } catch (error) {
      const isRace = error instanceof Error && 'code' in error && error.code === SERIALIZATION_FAILURE;
      if (!isRace || attempt === ATTEMPTS) throw error;
    }
  }
}

interface ClosingRequest {
  readonly period: Month;
  readonly closedBy: string;
  readonly guarantees: GuaranteeTopUp;
}

/** One attempt, which keeps all or nothing. */
function tryToClose({ clock, database }: Platform, request: ClosingRequest): Promise<Closing> {
  const { period, closedBy, guarantees } = request;
  // The lock comes first, so that the snapshot is taken when nobody else closes any more.
  return database.snapshot(async (em) => {
    const rows = rowsOf<StatementTables>(em);
    await sql`lock table period_closings in share row exclusive mode`.execute(rows);
    if (await findClosing(rows, period)) return { statements: 0, lines: 0, isNew: false };
    const closedAt = clock.now();
    await assertOver(em, { period, at: closedAt });
    await assertTurn(em, { period, firstOpen: await findFirstOpenMonth(rows) });
    await guarantees.topUp(em, { period, firstClosed: await findFirstClosedMonth(rows) });
    await bulkInsert(em, 'period_closings', [{ period, closed_at: closedAt, closed_by: closedBy }]);
    const written = await writeStatements(em, { period, closedAt });
    const claimed = await claimEntries(em, period);
    invariant(
      claimed === written.lines,
      `each of the ${written.lines} lines of ${period} is one entry, not ${claimed}`,
    );
    const unbalanced = await findUnbalanced(em, period);
    invariant(unbalanced === null, `statement ${unbalanced} of ${period} adds up`);
    return { ...written, isNew: true };
  });
}

/** @throws PeriodNotOverError while it is still that month where some contract counts */
export async function assertOver(em: EntityManager, { period, at }: { period: Month; at: Date }): Promise<void> {
  const zones = await findTimeZones(em);
  const ends = (zones.length > 0 ? zones : ['utc']).map((zone) => endOfMonth(period, zone).getTime());
  const overAt = new Date(Math.max(...ends));
  if (at < overAt) throw new PeriodNotOverError(period, overAt);
}

/** @throws PeriodOrderError unless it is the month's turn */
export async function assertTurn(
  em: EntityManager,
  { period, firstOpen }: { period: Month; firstOpen: Month | null },
): Promise<void> {
  const expected = firstOpen ?? (await findEarliestOpenMonth(em));
  const isTurn = expected === null || period === expected || (firstOpen === null && period < expected);
  if (!isTurn) throw new PeriodOrderError(period, expected);
}

async function findEarliestOpenMonth(em: EntityManager): Promise<Month | null> {
  const { rows } = await sql<{ period: Month | null }>`
    select min(period) as period from ${openLines(null)} line`.execute(rowsOf(em));
  return rows[0]?.period ?? null;
}
