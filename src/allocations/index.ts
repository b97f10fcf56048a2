export {
  type AllocationKind,
  AllocationSchema,
} from './allocation.entity.ts';
export { RefundExceedsSaleError } from './allocation.errors.ts';
export { AllocationService } from './allocation.service.ts';
export { AllocationShare, AllocationShareSchema, SHARE_PARTIES, type ShareParty } from './allocation-share.entity.ts';
export type { ShareDraft } from './share-draft.ts';
export {
  type SimulatedContract,
  type SplitSimulation,
  SplitSimulator,
} from './split-simulation.ts';
export { type ShareTrace, traceShares } from './trace.ts';
