export {
  ALLOCATION_KINDS,
  Allocation,
  type AllocationFacts,
  type AllocationKind,
  AllocationSchema,
  type CreditFacts,
  type RefundAllocationFacts,
  type SaleAllocationFacts,
} from './allocation.entity.ts';
export { RefundExceedsSaleError } from './allocation.errors.ts';
export {
  type AllocationRow,
  type AllocationTables,
  findAllocations,
  findShares,
  type ShareRow,
} from './allocation.queries.ts';
export { AllocationService, type Settlement } from './allocation.service.ts';
export { AllocationShare, AllocationShareSchema, SHARE_PARTIES, type ShareParty } from './allocation-share.entity.ts';
export { type ShareDraft, sameShares } from './share-draft.ts';
export { returnItem, splitItem } from './split-item.ts';
export {
  type NamedContract,
  type SimulatedContract,
  type SimulatedCredit,
  type SimulatedSale,
  type SplitSimulation,
  SplitSimulator,
} from './split-simulation.ts';
export type { TracedTouchpoint } from './trace.queries.ts';
export { type ShareTrace, traceShares } from './trace.ts';
