import { sql } from 'kysely';
import { bulkInsert } from '../../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../../platform/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { type Finding, reasonOf } from './exception-text.ts';

const PAGE = 5_000;

/** Makes exceptions of what was found, page by page. @returns how many of each class */
export async function raiseExceptions(
  em: EntityManager,
  { ids, clock }: Pick<Platform, 'ids' | 'clock'>,
): Promise<Record<string, number>> {
  const raisedAt = clock.now();
  const counts: Record<string, number> = {};
  for (let after = 0n; ; ) {
    const found = await pageAfter(em, after);
    if (found.length === 0) return counts;
    const rows = found.map((finding) => ({ id: ids.next(), ...rowOf(finding), raised_at: raisedAt }));
    await bulkInsert(em, 'reconciliation_exceptions', rows);
    const steps = rows.map(({ id }) => ({ id: ids.next(), exception_id: id, ...firstStep(raisedAt) }));
    await bulkInsert(em, 'reconciliation_exception_steps', steps);
    for (const finding of found) counts[finding.class] = (counts[finding.class] ?? 0) + 1;
    after = found.at(-1)?.n ?? after;
  }
}

async function pageAfter(em: EntityManager, after: bigint): Promise<(Finding & { n: bigint })[]> {
  const { rows } = await sql<Finding & { n: bigint }>`
    select n, class, run_id as "runId", line_number as "lineNumber", movement_kind as "movementKind",
           movement_id as "movementId", reference, currency, expected_minor as "expectedMinor",
           actual_minor as "actualMinor", reason, line_at as "lineAt", movement_at as "movementAt"
    from findings where n > ${after} order by n limit ${PAGE}`.execute(rowsOf(em));
  return rows;
}

function rowOf(finding: Finding): Record<string, unknown> {
  return {
    run_id: finding.runId,
    class: finding.class,
    state: 'OPEN',
    line_number: finding.lineNumber,
    movement_kind: finding.movementKind,
    movement_id: finding.movementId,
    reference: finding.reference,
    currency: finding.currency,
    expected_minor: finding.expectedMinor,
    actual_minor: finding.actualMinor,
    reason: reasonOf(finding),
    assignee_id: null,
    ledger_transaction_id: null,
  };
}

function firstStep(at: Date): Record<string, unknown> {
  return {
    from_state: null,
    to_state: 'OPEN',
    by: 'system:reconciliation',
    reason: 'Found by the run.',
    at,
    amount_minor: null,
    ledger_transaction_id: null,
    idempotency_key: null,
  };
}
