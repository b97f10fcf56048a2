import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { AllocationKind, AllocationSchema, AllocationShareSchema } from '../allocations/index.ts';
import type { ContractSchema } from '../contracts/index.ts';
import type { LedgerTables } from '../ledger/index.ts';
import { type Month, nextMonth } from '../shared/month.ts';
import type { PeriodClosingSchema } from './period-closing.entity.ts';
import type { StatementSchema } from './statement.entity.ts';
import type { StatementLineSchema } from './statement-line.entity.ts';

export type StatementTables = LedgerTables &
  InferKyselyDB<
    | typeof StatementSchema
    | typeof StatementLineSchema
    | typeof PeriodClosingSchema
    | typeof AllocationSchema
    | typeof AllocationShareSchema
    | typeof ContractSchema
  >;

/** A line of a statement, closed or not. It is named after its posting, so that closing does not rename it. */
export interface StatementLineRow {
  readonly id: string;
  readonly shareId: string;
  readonly kind: AllocationKind;
  /** Positive: the partner earns. */
  readonly amountMinor: bigint;
  readonly effectiveAt: Date;
  /** The month in which it happened, when that was closed already and the line came late. */
  readonly latePeriod: Month | null;
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

/**
 * What partners earned and no statement shows yet, as a table expression with the columns `id, share_id, partner_id,
 * currency, kind, amount_minor, effective_at, period, late_period`. Both the live statement and the closing read it, so
 * that closing changes no figure: an earning belongs to its own month, or to the first open one when its own is closed.
 *
 * @param firstOpen null when no month was ever closed: then nothing is late
 * @param condition on `share` (an allocation share) and `allocation`
 */
export function openLines(firstOpen: Month | null, condition: RawBuilder<boolean> = sql`true`): RawBuilder<unknown> {
  return sql`(
    select share.posting_id as id, share.id as share_id, share.partner_id, allocation.currency, allocation.kind,
           share.amount_minor, allocation.effective_at,
           greatest(allocation.period::text, ${firstOpen}::text) as period,
           case when allocation.period::text < ${firstOpen}::text then allocation.period::text end as late_period
    from allocation_shares share
    join allocations allocation on allocation.id = share.allocation_id
    where share.party = 'PARTNER' and share.posting_id is not null and ${condition}
      and not exists (select from statement_lines stated where stated.posting_id = share.posting_id))`;
}
