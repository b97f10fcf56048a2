import type { Lifecycle } from '../shared/lifecycle.ts';

export const CREATIVE_STATES = ['DRAFT', 'READY', 'RETIRED'] as const;
export type CreativeState = (typeof CREATIVE_STATES)[number];

/** What was shown to people is not changed but retired, and another one made. */
export const creativeLifecycle: Lifecycle<CreativeState> = {
  DRAFT: ['READY', 'RETIRED'],
  READY: ['RETIRED'],
  RETIRED: [],
};
