import type { InferKyselyDB } from '@mikro-orm/postgresql';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { ProviderEventSchema } from './provider-event.entity.ts';

type Tables = InferKyselyDB<typeof ProviderEventSchema>;

/** Something that a provider told of a payment, its refunds or its disputes. */
export interface PaymentEventRow {
  readonly eventId: string;
  readonly paymentId: string;
  readonly type: string;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
}

/** In the order in which they were told. */
export async function findEventsOfPayments(
  database: Database,
  paymentIds: readonly string[],
): Promise<PaymentEventRow[]> {
  const rows = await database
    .read<Tables>()
    .selectFrom('provider_events')
    .select(['event_id as eventId', 'payment_id as paymentId', 'type', 'payload', 'received_at as receivedAt'])
    .where(isAnyOf('payment_id', paymentIds))
    .orderBy('received_at')
    .orderBy('event_id')
    .execute();
  return rows.flatMap(({ payload, paymentId, ...row }) =>
    paymentId === null ? [] : [{ ...row, paymentId, occurredAt: new Date(String(payload.occurredAt)) }],
  );
}
