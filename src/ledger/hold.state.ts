import type { Lifecycle } from '../shared/lifecycle.ts';

/**
 * PENDING: the amount is set aside. POSTED: the money moved, by an entry of the same transaction.
 * VOIDED: given back by whoever held it. EXPIRED: given back because its time was over.
 */
export const HOLD_STATES = ['PENDING', 'POSTED', 'VOIDED', 'EXPIRED'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

export const holdLifecycle: Lifecycle<HoldState> = {
  PENDING: ['POSTED', 'VOIDED', 'EXPIRED'],
  POSTED: [],
  VOIDED: [],
  EXPIRED: [],
};
