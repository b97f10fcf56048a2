export { AdvanceService } from './advance.service.ts';
export { AllocationSchema } from './allocation.entity.ts';
export { AllocationService } from './allocation.service.ts';
export { AllocationCounterSchema } from './allocation-counter.entity.ts';
export { AllocationShare, AllocationShareSchema, SHARE_PARTIES, type ShareParty } from './allocation-share.entity.ts';
export { GuaranteeService } from './guarantee.service.ts';
export { SettledReturnSchema } from './settled-return.entity.ts';
export type { ShareDraft } from './share-draft.ts';
export type { SimulatedSale } from './simulated-sale.ts';
export {
  type SimulatedContract,
  type SplitSimulation,
  SplitSimulator,
} from './split-simulation.ts';
export { type ShareTrace, traceShares } from './trace.ts';
export {
  type ComparedSale,
  type PartyComparison,
  VersionComparer,
  type VersionComparison,
} from './version-comparison.ts';
