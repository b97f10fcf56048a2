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
export { AllocationShare, AllocationShareSchema, SHARE_PARTIES, type ShareParty } from './allocation-share.entity.ts';
