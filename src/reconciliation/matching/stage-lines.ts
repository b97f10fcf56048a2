import { sql } from 'kysely';
import type { CopySession } from '../../platform/copy-session.ts';
import type { CopyValue } from '../../platform/copy-text.ts';
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
     n bigint generated always as identity primary key, class text not null, run_id uuid not null, line_number int,
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

/** As `lineValues` has them. */
const LINE_COLUMNS = [
  'run_id, line_number, provider, kind, provider_type, identity, provider_reference, merchant_reference',
  'original_reference, original_merchant_reference, other_references, currency, gross_minor, fee_minor, net_minor',
  'settlement_currency, occurred_at, batch, rest, state, duplicate_of, raw_hash, merchant_name, original_merchant_name',
].join(', ');
/** As `findingValues` has them. */
const FINDING_COLUMNS = 'class, run_id, line_number, reference, currency, expected_minor, actual_minor, reason';

/** Puts a batch of a file beside those before it. Sent at the latest when the session is flushed. */
export async function stageBatch(session: CopySession, run: StagedRun, batch: SettlementBatch): Promise<void> {
  for (const line of batch.lines) session.stage(`incoming (${LINE_COLUMNS})`, lineValues(line, run));
  for (const found of batch.exceptions) session.stage(`findings (${FINDING_COLUMNS})`, findingValues(found, run));
  await session.flushLarge();
}

/** A name that the provider gave the line is worth more than its text, which changes with the columns asked for. */
function lineValues(line: SettlementLine, { runId, provider }: StagedRun): CopyValue[] {
  const { references } = line;
  return [
    runId,
    line.lineNumber,
    provider,
    line.kind,
    line.providerType,
    references.line ?? line.rawHash,
    references.provider,
    references.merchant,
    references.original,
    references.originalMerchant,
    references.also,
    line.currency,
    line.grossMinor,
    line.feeMinor,
    line.netMinor,
    line.settlementCurrency,
    line.occurredAt,
    line.batch,
    JSON.stringify(line.rest),
    'OTHER',
    line.duplicateOf,
    line.rawHash,
    references.merchant === null ? null : withoutType(references.merchant),
    references.originalMerchant === null ? null : withoutType(references.originalMerchant),
  ];
}

function findingValues(found: FileException, { runId }: StagedRun): CopyValue[] {
  const { line, reference, currency, expectedMinor, actualMinor, reason } = found;
  return [found.class, runId, line, reference, currency, expectedMinor, actualMinor, reason];
}
