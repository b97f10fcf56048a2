import type { Lifecycle } from '../shared/lifecycle.ts';

export const CONTRACT_STATES = [
  'DRAFT',
  'PROPOSED',
  'COUNTERED',
  'ACCEPTED',
  'IN_FORCE',
  'NOTICE_GIVEN',
  'ENDED',
] as const;
export type ContractState = (typeof CONTRACT_STATES)[number];

export const contractLifecycle: Lifecycle<ContractState> = {
  DRAFT: ['PROPOSED', 'ENDED'],
  PROPOSED: ['COUNTERED', 'ACCEPTED', 'ENDED'],
  COUNTERED: ['PROPOSED', 'ACCEPTED', 'ENDED'],
  ACCEPTED: ['IN_FORCE', 'ENDED'],
  IN_FORCE: ['NOTICE_GIVEN', 'ENDED'],
  NOTICE_GIVEN: ['ENDED'],
  ENDED: [],
};
