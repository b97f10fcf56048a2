import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { isUuid } from '../shared/ids.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import { differenceOf } from './exception-entry.ts';
import type { MovementKind } from './movement-match.entity.ts';
import type { LineKind } from './reading/settlement-line.ts';
import type { ExceptionClass, ReconciliationExceptionSchema } from './reconciliation-exception.entity.ts';
import type { ExceptionState } from './reconciliation-exception.state.ts';
import type { ReconciliationExceptionStepSchema } from './reconciliation-exception-step.entity.ts';
import type { ReconciliationRunSchema } from './reconciliation-run.entity.ts';
import type { RunState } from './reconciliation-run.state.ts';
import type { RunReport } from './run-report.ts';
import type { LineState, SettledLineSchema } from './settled-line.entity.ts';

export type ReconciliationTables = InferKyselyDB<
  | typeof ReconciliationRunSchema
  | typeof ReconciliationExceptionSchema
  | typeof ReconciliationExceptionStepSchema
  | typeof SettledLineSchema
>;

export interface RunRow {
  readonly id: string;
  readonly profile: string;
  readonly provider: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly sizeBytes: bigint;
  readonly state: RunState;
  readonly failure: string | null;
  readonly uploadedBy: string;
  readonly uploadedAt: Date;
  readonly finishedAt: Date | null;
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
  /** The time that the file is about, when whoever brought it said so; without `periodUntil`. */
  readonly periodFrom: Date | null;
  readonly periodUntil: Date | null;
  readonly report: RunReport | null;
}

export interface LineRow {
  readonly runId: string;
  readonly lineNumber: number;
  readonly kind: LineKind;
  readonly providerType: string;
  readonly providerReference: string | null;
  readonly merchantReference: string | null;
  readonly currency: string;
  readonly grossMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
  readonly settlementCurrency: string | null;
  readonly occurredAt: Date | null;
  readonly batch: string | null;
  readonly state: LineState;
}

export interface ExceptionRow {
  readonly id: string;
  readonly runId: string;
  readonly class: ExceptionClass;
  readonly state: ExceptionState;
  readonly lineNumber: number | null;
  readonly movementKind: MovementKind | null;
  readonly movementId: string | null;
  readonly reference: string | null;
  readonly currency: string | null;
  readonly expectedMinor: bigint | null;
  readonly actualMinor: bigint | null;
  /** What resolving it posts unless told otherwise; null when it is about no amount. */
  readonly differenceMinor: bigint | null;
  readonly reason: string;
  readonly assigneeId: string | null;
  readonly ledgerTransactionId: string | null;
  readonly raisedAt: Date;
}

export interface ExceptionStepRow {
  readonly exceptionId: string;
  readonly fromState: ExceptionState | null;
  readonly toState: ExceptionState;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

export interface ExceptionFilter {
  readonly runId?: string | null | undefined;
  readonly class?: ExceptionClass | null | undefined;
  readonly state?: ExceptionState | null | undefined;
  readonly assigneeId?: string | null | undefined;
}

const runColumns = [
  'id',
  'profile',
  'provider',
  'file_name as fileName',
  'sha256',
  'size_bytes as sizeBytes',
  'state',
  'failure',
  'uploaded_by as uploadedBy',
  'uploaded_at as uploadedAt',
  'finished_at as finishedAt',
  'first_at as firstAt',
  'last_at as lastAt',
  'period_from as periodFrom',
  'period_until as periodUntil',
  'report',
] as const;

const lineColumns = [
  'run_id as runId',
  'line_number as lineNumber',
  'kind',
  'provider_type as providerType',
  'provider_reference as providerReference',
  'merchant_reference as merchantReference',
  'currency',
  'gross_minor as grossMinor',
  'fee_minor as feeMinor',
  'net_minor as netMinor',
  'settlement_currency as settlementCurrency',
  'occurred_at as occurredAt',
  'batch',
  'state',
] as const;

const exceptionColumns = [
  'id',
  'run_id as runId',
  'class',
  'state',
  'line_number as lineNumber',
  'movement_kind as movementKind',
  'movement_id as movementId',
  'reference',
  'currency',
  'expected_minor as expectedMinor',
  'actual_minor as actualMinor',
  'reason',
  'assignee_id as assigneeId',
  'ledger_transaction_id as ledgerTransactionId',
  'raised_at as raisedAt',
] as const;

export async function findRunsByIds(database: Database, ids: readonly string[]): Promise<RunRow[]> {
  const rows = database.read<ReconciliationTables>().selectFrom('reconciliation_runs');
  return (await rows.select(runColumns).where(isAnyOf('id', ids)).execute()) as unknown as RunRow[];
}

/** Runs, the latest first. */
export async function findRunPage(database: Database, page: PageRequest): Promise<Page<RunRow>> {
  const after = readInstantCursor(page.after);
  const rows = await database
    .read<ReconciliationTables>()
    .selectFrom('reconciliation_runs')
    .select(runColumns)
    .where(after ? sql<boolean>`(uploaded_at, id) < (${after.at}, ${after.id}::uuid)` : sql<boolean>`true`)
    .orderBy('uploaded_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows as unknown as RunRow[], page);
}

/** Lines of a run by number. @param state null for all */
export async function findLinePage(
  database: Database,
  { runId, state, page }: { runId: string; state: LineState | null; page: PageRequest },
): Promise<Page<LineRow>> {
  const [after = '0'] = page.after ?? [];
  if (!/^\d{1,9}$/.test(after)) throw wrongCursor();
  let query = database
    .read<ReconciliationTables>()
    .selectFrom('settlement_lines')
    .select(lineColumns)
    .where('run_id', '=', runId)
    .where('line_number', '>', Number(after));
  if (state) query = query.where('state', '=', state);
  const rows = await query
    .orderBy('line_number')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows as unknown as LineRow[], page);
}

export async function findExceptionsByIds(database: Database, ids: readonly string[]): Promise<ExceptionRow[]> {
  const rows = database.read<ReconciliationTables>().selectFrom('reconciliation_exceptions');
  return (await rows.select(exceptionColumns).where(isAnyOf('id', ids)).execute()).map(toExceptionRow);
}

/** Exceptions in the order in which they were raised. */
export async function findExceptionPage(
  database: Database,
  { filter, page }: { filter: ExceptionFilter; page: PageRequest },
): Promise<Page<ExceptionRow>> {
  const [after] = page.after ?? [];
  if (after !== undefined && !isUuid(after)) throw wrongCursor();
  const { runId, class: name, state, assigneeId } = filter;
  const rows = await database
    .read<ReconciliationTables>()
    .selectFrom('reconciliation_exceptions')
    .select(exceptionColumns)
    .where((builder) =>
      builder.and([
        ...(runId ? [builder('run_id', '=', runId)] : []),
        ...(name ? [builder('class', '=', name)] : []),
        ...(state ? [builder('state', '=', state)] : []),
        ...(assigneeId ? [builder('assignee_id', '=', assigneeId)] : []),
        ...(after === undefined ? [] : [builder('id', '>', after)]),
      ]),
    )
    .orderBy('id')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows.map(toExceptionRow), page);
}

/** Steps of exceptions, oldest first. */
export async function findStepsOfExceptions(
  database: Database,
  exceptionIds: readonly string[],
): Promise<ExceptionStepRow[]> {
  return database
    .read<ReconciliationTables>()
    .selectFrom('reconciliation_exception_steps')
    .select(['exception_id as exceptionId', 'from_state as fromState', 'to_state as toState', 'by', 'reason', 'at'])
    .where(isAnyOf('exception_id', exceptionIds))
    .orderBy('at')
    .orderBy('id')
    .execute();
}

function toExceptionRow(row: Omit<ExceptionRow, 'differenceMinor'>): ExceptionRow {
  return { ...row, differenceMinor: differenceOf(row) };
}

function wrongCursor(): InvalidInputError {
  return new InvalidInputError('after', 'The cursor is not one that this list gave out.');
}
