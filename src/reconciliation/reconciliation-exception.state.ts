import type { Lifecycle } from '../shared/lifecycle.ts';

/**
 * RESOLVED: an entry was posted for it. ACCEPTED: it stays as it is, for a reason. SETTLED: a later file brought what
 * was missing.
 */
export const EXCEPTION_STATES = ['OPEN', 'ASSIGNED', 'RESOLVED', 'ACCEPTED', 'SETTLED'] as const;
export type ExceptionState = (typeof EXCEPTION_STATES)[number];

/** Leaving RESOLVED posts the opposite of the entry. */
export const exceptionLifecycle: Lifecycle<ExceptionState> = {
  OPEN: ['ASSIGNED', 'RESOLVED', 'ACCEPTED', 'SETTLED'],
  ASSIGNED: ['ASSIGNED', 'OPEN', 'RESOLVED', 'ACCEPTED', 'SETTLED'],
  RESOLVED: ['OPEN', 'SETTLED'],
  ACCEPTED: ['OPEN', 'SETTLED'],
  SETTLED: [],
};
