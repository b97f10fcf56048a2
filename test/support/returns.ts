import { Chargeback, Payment, Refund } from '../../src/orders/index.ts';
import type { TestApp } from './test-app.ts';

/** A refund of a part of an order, as the provider would confirm it. @returns the refund's id */
export async function aPartialRefund(
  app: TestApp,
  { id: orderId }: { id: string },
  { amountMinor, at = app.clock.now() }: { amountMinor: bigint; at?: Date },
): Promise<string> {
  const id = app.platform.ids.next();
  await app.platform.database.transaction(async (em) => {
    const told = { reason: 'A part of it.', requestedBy: 'system:test', requestedAt: at, settledAt: at };
    const data = { id, orderId, amountMinor, state: 'SUCCEEDED' as const, idempotencyKey: id, ...told };
    em.create(Refund, data, { persist: true });
  });
  return id;
}

/** A chargeback of a paid order that the provider has opened, as it lies in the tables. @returns its id */
export async function aChargeback(
  app: TestApp,
  { id: orderId }: { id: string },
  options: { amountMinor: bigint; feeMinor?: bigint; at?: Date },
): Promise<string> {
  const id = app.platform.ids.next();
  const { amountMinor, feeMinor = 0n, at = app.clock.now() } = options;
  await app.platform.database.transaction(async (em) => {
    const { id: paymentId, provider, currency } = await em.findOneOrFail(Payment, { orderId });
    const place = { id, paymentId, orderId, provider, providerReference: `dp_${id}`, currency };
    const facts = { amountMinor, feeMinor, reason: 'The card holder does not know it.', recordedAt: at, openedAt: at };
    em.create(Chargeback, { ...place, ...facts, state: 'OPEN' }, { persist: true });
  });
  return id;
}

/** The platform wins the dispute: the money comes back. */
export async function winChargeback(app: TestApp, id: string, at = app.clock.now()): Promise<void> {
  await app.platform.database.transaction(async (em) => {
    await em.nativeUpdate(Chargeback, { id }, { state: 'WON', closedAt: at });
  });
}
