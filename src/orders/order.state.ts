import type { Lifecycle } from '../shared/lifecycle.ts';

export const ORDER_STATES = ['PLACED', 'PAID', 'CANCELLED', 'REFUNDED'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** REFUNDED goes back to PAID when a chargeback that was lost is won after all. */
export const orderLifecycle: Lifecycle<OrderState> = {
  PLACED: ['PAID', 'CANCELLED'],
  PAID: ['REFUNDED'],
  CANCELLED: [],
  REFUNDED: ['PAID'],
};

/** Why an order was cancelled. */
export const CANCELLATIONS = ['PAYMENT_FAILED', 'EXPIRED', 'WITHDRAWN'] as const;
export type Cancellation = (typeof CANCELLATIONS)[number];
