import type { Lifecycle } from '../shared/lifecycle.ts';

export const CONTENT_STATES = ['DRAFT', 'SUBMITTED', 'APPROVED', 'PUBLISHED', 'WITHDRAWN', 'REJECTED'] as const;
export type ContentState = (typeof CONTENT_STATES)[number];

export const contentLifecycle: Lifecycle<ContentState> = {
  DRAFT: ['SUBMITTED'],
  SUBMITTED: ['APPROVED', 'REJECTED'],
  APPROVED: ['PUBLISHED'],
  PUBLISHED: ['WITHDRAWN'],
  WITHDRAWN: ['PUBLISHED'],
  REJECTED: ['DRAFT'],
};
