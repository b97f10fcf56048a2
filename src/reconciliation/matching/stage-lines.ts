import { sql } from 'kysely';
import { bulkInsert } from '../../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../../platform/database.ts';
import { withoutType } from '../../shared/global-id.ts';
import type { FileException, SettlementBatch, SettlementLine } from '../reading/settlement-line.ts';

/** Where the lines of a run go. */
export interface StagedRun {
  readonly runId: string;
  readonly provider: string;
}

/** Tables that live as long as the transaction: a run that dies leaves nothing behind. */
const TABLES = [
  `create temporary table incoming (
     like settlement_lines, duplicate_of int, raw_hash text not null, merchant_name text, original_merchant_name text
   ) on commit drop`,
  `create temporary table findings (
     n bigint generated always as identity, class text not null, run_id uuid not null, line_number int,
     movement_kind text, movement_id uuid, reference text, currency char(3), expected_minor bigint,
     actual_minor bigint, reason text, line_at timestamptz, movement_at timestamptz
   ) on commit drop`,
] as const;

export async function createStaging(em: EntityManager): Promise<void> {
  const db = rowsOf(em);
  for (const table of TABLES) await sql.raw(table).execute(db);
  await sql.raw(`set local work_mem = '128MB'`).execute(db);
  await sql.raw('set local jit = off').execute(db);
}

/** Puts a batch of a file beside those before it. */
export async function stageBatch(em: EntityManager, run: StagedRun, batch: SettlementBatch): Promise<void> {
  await bulkInsert(
    em,
    'incoming',
    batch.lines.map((line) => lineRow(line, run)),
  );
  await bulkInsert(
    em,
    'findings',
    batch.exceptions.map((exception) => findingRow(exception, run)),
  );
}

/** A name that the provider gave the line is worth more than its text, which changes with the columns asked for. */
function lineRow(line: SettlementLine, { runId, provider }: StagedRun): Record<string, unknown> {
  const { references, settlementCurrency } = line;
  return {
    run_id: runId,
    line_number: line.lineNumber,
    provider,
    kind: line.kind,
    provider_type: line.providerType,
    identity: references.line ?? line.rawHash,
    provider_reference: references.provider,
    merchant_reference: references.merchant,
    original_reference: references.original,
    original_merchant_reference: references.originalMerchant,
    other_references: references.also,
    currency: line.currency,
    gross_minor: line.grossMinor,
    fee_minor: line.feeMinor,
    net_minor: line.netMinor,
    settlement_currency: settlementCurrency,
    occurred_at: line.occurredAt,
    batch: line.batch,
    rest: line.rest,
    state: 'OTHER',
    match_id: null,
    duplicate_of: line.duplicateOf,
    raw_hash: line.rawHash,
    merchant_name: references.merchant === null ? null : withoutType(references.merchant),
    original_merchant_name: references.originalMerchant === null ? null : withoutType(references.originalMerchant),
  };
}

function findingRow(exception: FileException, { runId }: StagedRun): Record<string, unknown> {
  const { line, reference, currency, expectedMinor, actualMinor, reason } = exception;
  return {
    class: exception.class,
    run_id: runId,
    line_number: line,
    reference,
    currency,
    expected_minor: expectedMinor,
    actual_minor: actualMinor,
    reason,
  };
}
