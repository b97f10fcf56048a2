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

/**
 * DRAFT is seen by the platform only. PROPOSED has its first version on the table, COUNTERED another one, by whichever
 * side. ACCEPTED is signed by all and waits for its date. Amendments come and go without a step: a contract in force
 * stays in force while its parties talk.
 */
export const contractLifecycle: Lifecycle<ContractState> = {
  DRAFT: ['PROPOSED', 'ENDED'],
  PROPOSED: ['COUNTERED', 'ACCEPTED', 'ENDED'],
  COUNTERED: ['COUNTERED', 'ACCEPTED', 'ENDED'],
  ACCEPTED: ['IN_FORCE'],
  IN_FORCE: ['NOTICE_GIVEN'],
  NOTICE_GIVEN: ['ENDED'],
  ENDED: [],
};

/** Before everybody has signed. */
export const NEGOTIATING_STATES = ['PROPOSED', 'COUNTERED'] as const satisfies readonly ContractState[];

export function isNegotiating(state: ContractState): boolean {
  return NEGOTIATING_STATES.some((negotiating) => negotiating === state);
}
