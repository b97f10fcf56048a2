import type { Lifecycle } from '../shared/lifecycle.ts';

/** UPLOADED: kept and waiting to be read. FAILED: the file cannot be read as its profile says; nothing of it counts. */
export const RUN_STATES = ['UPLOADED', 'MATCHED', 'FAILED'] as const;
export type RunState = (typeof RUN_STATES)[number];

export const runLifecycle: Lifecycle<RunState> = {
  UPLOADED: ['MATCHED', 'FAILED'],
  MATCHED: [],
  FAILED: [],
};
