import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { ChargebackSchema, ChargebackState } from './chargeback.entity.ts';

type Tables = InferKyselyDB<typeof ChargebackSchema>;

export interface ChargebackRow {
  readonly id: string;
  readonly orderId: string;
  readonly provider: string;
  readonly providerReference: string;
  readonly state: ChargebackState;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint | null;
  readonly currency: string;
  readonly reason: string | null;
  readonly recordedAt: Date;
  readonly openedAt: Date | null;
  readonly closedAt: Date | null;
}

const columns = [
  'id',
  'order_id as orderId',
  'provider',
  'provider_reference as providerReference',
  'state',
  'amount_minor as amountMinor',
  'fee_minor as feeMinor',
  'currency',
  'reason',
  'recorded_at as recordedAt',
  'opened_at as openedAt',
  'closed_at as closedAt',
] as const;

/** The latest told of first. @param filter `state`: null for any */
export async function findChargebackPage(
  database: Database,
  { state, page }: { state: ChargebackState | null; page: PageRequest },
): Promise<Page<ChargebackRow>> {
  const after = readInstantCursor(page.after);
  const rows = await database
    .read<Tables>()
    .selectFrom('chargebacks')
    .select(columns)
    .$if(state !== null, (query) => query.where('state', '=', state as ChargebackState))
    .$if(after !== null, (query) => query.where(sql<boolean>`(recorded_at, id) < (${after?.at}, ${after?.id}::uuid)`))
    .orderBy('recorded_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** Earliest first: whoever may see the orders may see these. */
export function findChargebacksOfOrders(database: Database, orderIds: readonly string[]): Promise<ChargebackRow[]> {
  return database
    .read<Tables>()
    .selectFrom('chargebacks')
    .select(columns)
    .where(isAnyOf('order_id', orderIds))
    .orderBy('recorded_at')
    .orderBy('id')
    .execute();
}
