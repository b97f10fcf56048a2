import type { Lifecycle } from '../shared/lifecycle.ts';

export const DISPUTE_STATES = ['OPEN', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];

/** An answer is final: who still disagrees disputes the line anew. */
export const disputeLifecycle: Lifecycle<DisputeState> = {
  OPEN: ['ACCEPTED', 'REJECTED', 'WITHDRAWN'],
  ACCEPTED: [],
  REJECTED: [],
  WITHDRAWN: [],
};
