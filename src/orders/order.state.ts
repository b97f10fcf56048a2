import type { Lifecycle } from '../shared/lifecycle.ts';

export const ORDER_STATES = ['PLACED', 'PAID', 'CANCELLED', 'REFUNDED'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export const orderLifecycle: Lifecycle<OrderState> = {
  PLACED: ['PAID', 'CANCELLED'],
  PAID: ['REFUNDED'],
  CANCELLED: [],
  REFUNDED: [],
};
