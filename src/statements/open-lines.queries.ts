import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { ContractSchema } from '../contracts/index.ts';
import type { LedgerTables } from '../ledger/index.ts';
import type { PartnerEntryKind, PartnerEntrySchema } from '../partner-accounts/index.ts';
import { type Month, nextMonth } from '../shared/month.ts';
import type { LineDisputeSchema } from './line-dispute.entity.ts';
import type { LineDisputeStepSchema } from './line-dispute-step.entity.ts';
import type { PeriodClosingSchema } from './period-closing.entity.ts';
import type { StatementSchema } from './statement.entity.ts';
import type { StatementLineSchema } from './statement-line.entity.ts';

export type StatementTables = LedgerTables &
  InferKyselyDB<
    | typeof StatementSchema
    | typeof StatementLineSchema
    | typeof PeriodClosingSchema
    | typeof PartnerEntrySchema
    | typeof LineDisputeSchema
    | typeof LineDisputeStepSchema
    | typeof ContractSchema
  >;

/** A line of a statement, closed or not. It is named after its posting, so that closing does not rename it. */
export interface StatementLineRow {
  readonly id: string;
  /** Null while the statement is open. */
  readonly statementId: string | null;
  /** 1, 2, 3, ... on a closed statement; null on an open one, where it could still change. */
  readonly position: number | null;
  /** The allocation share, where there is one. */
  readonly shareId: string | null;
  readonly sourceId: string;
  readonly kind: PartnerEntryKind;
  /** Positive: the platform owes the partner more. */
  readonly amountMinor: bigint;
  readonly effectiveAt: Date;
  /** From when on it may be paid out. */
  readonly availableAt: Date;
  /** The month in which it happened, when that was closed already and the line came late. */
  readonly latePeriod: Month | null;
  /** How it came about, in one sentence. */
  readonly explanation: string;
}

/** The first month that is not closed; null when none ever was. */
export async function findFirstOpenMonth(rows: Kysely<StatementTables>): Promise<Month | null> {
  const row = await rows
    .selectFrom('period_closings')
    .select('period')
    .orderBy('period', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? nextMonth(row.period) : null;
}

/** The first month that was ever closed; null when none was. */
export async function findFirstClosedMonth(rows: Kysely<StatementTables>): Promise<Month | null> {
  const row = await rows.selectFrom('period_closings').select('period').orderBy('period').limit(1).executeTakeFirst();
  return row?.period ?? null;
}

/**
 * What happened on partners' accounts and no statement shows yet, as a table expression with the columns of
 * `openLineColumns` and `partner_id, currency, period`. Both the live statement and the closing read it, so that
 * closing changes no figure: an entry belongs to its own month, or to the first open one when its own is closed. A
 * partial index holds exactly these entries: how much was ever stated does not matter.
 *
 * @param firstOpen null when no month was ever closed: then nothing is late
 * @param condition on `entry`
 */
export function openLines(firstOpen: Month | null, condition: RawBuilder<boolean> = sql`true`): RawBuilder<unknown> {
  return sql`(
    select entry.posting_id as id, entry.partner_id, entry.currency, entry.share_id, entry.source_id, entry.kind,
           entry.amount_minor, entry.effective_at, entry.available_at, entry.explanation,
           greatest(entry.period::text, ${firstOpen}::text) as period,
           case when entry.period::text < ${firstOpen}::text then entry.period::text end as late_period
    from partner_entries entry
    where entry.statement_id is null and ${condition})`;
}

/** A row of `openLines`, called `line`, as a `StatementLineRow`. */
export const openLineColumns = sql`
  line.id, null::uuid as "statementId", null::int as position, line.share_id as "shareId", line.source_id as "sourceId",
  line.kind, line.amount_minor as "amountMinor", line.effective_at as "effectiveAt",
  line.available_at as "availableAt", line.late_period as "latePeriod", line.explanation`;
