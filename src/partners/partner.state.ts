import type { Lifecycle } from '../shared/lifecycle.ts';

export const PARTNER_STATES = [
  'APPLIED',
  'SCREENING',
  'APPROVED',
  'ACTIVE',
  'SUSPENDED',
  'TERMINATED',
  'REJECTED',
] as const;
export type PartnerState = (typeof PARTNER_STATES)[number];

export const partnerLifecycle: Lifecycle<PartnerState> = {
  APPLIED: ['SCREENING', 'REJECTED'],
  SCREENING: ['APPROVED', 'REJECTED'],
  APPROVED: ['ACTIVE', 'TERMINATED'],
  ACTIVE: ['SUSPENDED', 'TERMINATED'],
  SUSPENDED: ['ACTIVE', 'TERMINATED'],
  TERMINATED: [],
  REJECTED: [],
};
