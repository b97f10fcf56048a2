export {
  ALLOCATION_KINDS,
  Allocation,
  type AllocationFacts,
  type AllocationKind,
  AllocationSchema,
} from './allocation.entity.ts';
export { AllocationShare, AllocationShareSchema, SHARE_PARTIES } from './allocation-share.entity.ts';
