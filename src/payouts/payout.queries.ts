import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { isAnyOf, isInScope } from '../platform/is-any-of.ts';
import { type Actor, hasRole } from '../shared/actor.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { Payout, PayoutSchema } from './payout.entity.ts';
import type { PayoutBatchState, PayoutState } from './payout.state.ts';
import type { PayoutBatch, PayoutBatchSchema } from './payout-batch.entity.ts';
import type { PayoutBatchStepSchema } from './payout-batch-step.entity.ts';
import type { PayoutExclusionSchema } from './payout-exclusion.entity.ts';
import type { PayoutStepSchema } from './payout-step.entity.ts';

export type PayoutTables = InferKyselyDB<
  | typeof PayoutSchema
  | typeof PayoutBatchSchema
  | typeof PayoutExclusionSchema
  | typeof PayoutBatchStepSchema
  | typeof PayoutStepSchema
>;

export interface PayoutBatchRow {
  readonly id: string;
  readonly currency: string;
  readonly cutOffAt: Date;
  readonly state: PayoutBatchState;
  readonly payoutCount: number;
  readonly totalMinor: bigint;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly fileSha256: string | null;
}

export interface PayoutRow {
  readonly id: string;
  readonly batchId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly detailsId: string;
  readonly state: PayoutState;
  readonly createdAt: Date;
}

export interface PayoutBatchStepRow {
  readonly batchId: string;
  readonly fromState: PayoutBatchState | null;
  readonly toState: PayoutBatchState;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

export interface PayoutStepRow {
  readonly payoutId: string;
  readonly fromState: PayoutState | null;
  readonly toState: PayoutState;
  readonly by: string;
  readonly reason: string;
  readonly reference: string | null;
  readonly at: Date;
}

export interface PayoutFilter {
  readonly partnerId?: string | undefined;
  readonly state?: PayoutState | undefined;
}

const batchColumns = [
  'id',
  'currency',
  'cut_off_at as cutOffAt',
  'state',
  'payout_count as payoutCount',
  'total_minor as totalMinor',
  'created_by as createdBy',
  'created_at as createdAt',
  'file_sha256 as fileSha256',
] as const;

const payoutColumns = [
  'id',
  'batch_id as batchId',
  'partner_id as partnerId',
  'currency',
  'amount_minor as amountMinor',
  'details_id as detailsId',
  'state',
  'created_at as createdAt',
] as const;

/** Who sees batches: partners see their own payouts alone. */
export const BATCH_STAFF = ['FINANCE', 'ADMIN'] as const;

/** Batches by id, in no order; none for others than finance staff and admins. */
export async function findBatchesByIds(
  database: Database,
  actor: Actor,
  ids: readonly string[],
): Promise<PayoutBatchRow[]> {
  if (!hasRole(actor, ...BATCH_STAFF)) return [];
  const rows = database.read<PayoutTables>().selectFrom('payout_batches');
  return rows.select(batchColumns).where(isAnyOf('id', ids)).execute();
}

/** Batches, newest first. @param state null for all */
export async function findBatchPage(
  database: Database,
  { state, page }: { state: PayoutBatchState | null; page: PageRequest },
): Promise<Page<PayoutBatchRow>> {
  const after = readInstantCursor(page.after);
  const rows = await database
    .read<PayoutTables>()
    .selectFrom('payout_batches')
    .select(batchColumns)
    .where((builder) =>
      builder.and([
        ...(state === null ? [] : [builder('state', '=', state)]),
        ...(after === null ? [] : [sql<boolean>`(created_at, id) < (${after.at}, ${after.id}::uuid)`]),
      ]),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** The payout, when it is of one of the partners in scope. */
export async function findPayoutInScope(
  database: Database,
  scope: 'ALL' | readonly string[],
  id: string,
): Promise<PayoutRow | null> {
  const row = await database
    .read<PayoutTables>()
    .selectFrom('payouts')
    .select(payoutColumns)
    .where('id', '=', id)
    .where(isInScope('partner_id', scope))
    .executeTakeFirst();
  return row ?? null;
}

/** Payouts of the partners in scope, newest first. */
export async function findPayoutPage(
  database: Database,
  scope: 'ALL' | readonly string[],
  { filter, page }: { filter: PayoutFilter; page: PageRequest },
): Promise<Page<PayoutRow>> {
  const { partnerId, state } = filter;
  const after = readInstantCursor(page.after);
  const rows = await database
    .read<PayoutTables>()
    .selectFrom('payouts')
    .select(payoutColumns)
    .where(isInScope('partner_id', scope))
    .where((builder) =>
      builder.and([
        ...(partnerId === undefined ? [] : [builder('partner_id', '=', partnerId)]),
        ...(state === undefined ? [] : [builder('state', '=', state)]),
        ...(after === null ? [] : [sql<boolean>`(created_at, id) < (${after.at}, ${after.id}::uuid)`]),
      ]),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** Steps of batches, oldest first. */
export function findStepsOfBatches(database: Database, batchIds: readonly string[]): Promise<PayoutBatchStepRow[]> {
  return database
    .read<PayoutTables>()
    .selectFrom('payout_batch_steps')
    .select(['batch_id as batchId', 'from_state as fromState', 'to_state as toState', 'by', 'reason', 'at'])
    .where(isAnyOf('batch_id', batchIds))
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** Steps of payouts, oldest first. */
export function findStepsOfPayouts(database: Database, payoutIds: readonly string[]): Promise<PayoutStepRow[]> {
  return database
    .read<PayoutTables>()
    .selectFrom('payout_steps')
    .select(['payout_id as payoutId', 'from_state as fromState', 'to_state as toState', 'by', 'reason'])
    .select(['reference', 'at'])
    .where(isAnyOf('payout_id', payoutIds))
    .orderBy('at')
    .orderBy('id')
    .execute();
}

export function toBatchRow(batch: PayoutBatch): PayoutBatchRow {
  const { id, currency, cutOffAt, state, payoutCount, totalMinor, createdBy, createdAt, fileSha256 = null } = batch;
  return { id, currency, cutOffAt, state, payoutCount, totalMinor, createdBy, createdAt, fileSha256 };
}

export function toPayoutRow(payout: Payout): PayoutRow {
  const { id, batchId, partnerId, currency, amountMinor, detailsId, state, createdAt } = payout;
  return { id, batchId, partnerId, currency, amountMinor, detailsId, state, createdAt };
}
