import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '../platform/database.ts';
import { Chargeback } from './chargeback.entity.ts';
import { Payment } from './payment.entity.ts';
import { type PaymentStanding, standingOf } from './payment-standing.ts';
import { Refund } from './refund.entity.ts';

/** Whoever changes an order, its payment, refunds or chargebacks holds the payment first; then nobody waits in a ring. */
export function lockPayment(em: EntityManager, which: { id: string } | { orderId: string }): Promise<Payment | null> {
  return em.findOne(Payment, which, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Where the money of a payment is. Only who holds the payment can rely on it. */
export async function findStanding(em: EntityManager, payment: Payment): Promise<PaymentStanding> {
  const { orderId, amountMinor } = payment;
  const refunds = await em.find(Refund, { orderId });
  const chargebacks = await em.find(Chargeback, { orderId });
  return standingOf(amountMinor, { refunds, chargebacks });
}
