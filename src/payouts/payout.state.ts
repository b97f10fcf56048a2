import type { Lifecycle } from '../shared/lifecycle.ts';

export const PAYOUT_BATCH_STATES = ['DRAFT', 'APPROVED', 'SENT', 'COMPLETED', 'CANCELLED'] as const;
export type PayoutBatchState = (typeof PAYOUT_BATCH_STATES)[number];

/** COMPLETED: the bank has answered for every payout. */
export const payoutBatchLifecycle: Lifecycle<PayoutBatchState> = {
  DRAFT: ['APPROVED', 'CANCELLED'],
  APPROVED: ['SENT', 'CANCELLED'],
  SENT: ['COMPLETED'],
  COMPLETED: [],
  CANCELLED: [],
};

export const PAYOUT_STATES = ['PENDING', 'SENT', 'PAID', 'RETURNED', 'FAILED', 'CANCELLED'] as const;
export type PayoutState = (typeof PAYOUT_STATES)[number];

/** RETURNED: the bank sent it back, before or after it said that it paid. FAILED: it never left. */
export const payoutLifecycle: Lifecycle<PayoutState> = {
  PENDING: ['SENT', 'CANCELLED'],
  SENT: ['PAID', 'RETURNED', 'FAILED'],
  PAID: ['RETURNED'],
  RETURNED: [],
  FAILED: [],
  CANCELLED: [],
};

/** What the bank can answer. */
export const PAYOUT_OUTCOMES = ['PAID', 'RETURNED', 'FAILED'] as const satisfies readonly PayoutState[];
export type PayoutOutcome = (typeof PAYOUT_OUTCOMES)[number];
