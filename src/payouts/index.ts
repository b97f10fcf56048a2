export {
  batchPartCursor,
  findExclusionsOfBatches,
  findPayoutsOfBatches,
  type PayoutExclusionRow,
} from './batch-part.queries.ts';
export { type PayableRow, PayableService, payableCursor } from './payable.service.ts';
export { PayoutSchema } from './payout.entity.ts';
export {
  NoPayoutFileError,
  NothingToPayError,
  OwnPayoutError,
  SamePersonError,
  StaleBatchError,
} from './payout.errors.ts';
export {
  findBatchesByIds,
  findStepsOfBatches,
  findStepsOfPayouts,
  type PayoutBatchRow,
  type PayoutBatchStepRow,
  type PayoutRow,
  type PayoutStepRow,
} from './payout.queries.ts';
export { PayoutService } from './payout.service.ts';
export {
  PAYOUT_BATCH_STATES,
  PAYOUT_OUTCOMES,
  PAYOUT_STATES,
  type PayoutBatchState,
  type PayoutOutcome,
  type PayoutState,
} from './payout.state.ts';
export { PayoutBatchSchema } from './payout-batch.entity.ts';
export { PayoutBatchService } from './payout-batch.service.ts';
export { PayoutBatchStepSchema } from './payout-batch-step.entity.ts';
export { PayoutDetailsSchema } from './payout-details.entity.ts';
export { findDetailsByIds, type PayoutDetailsRow } from './payout-details.queries.ts';
export { PayoutDetailsService } from './payout-details.service.ts';
export { PayoutExclusionSchema } from './payout-exclusion.entity.ts';
export { PayoutFileSchema } from './payout-file.entity.ts';
export { payoutReference } from './payout-file.ts';
export { PayoutProposalService } from './payout-proposal.service.ts';
export { type PayoutResultAnswer, PayoutResultService } from './payout-result.service.ts';
export { PayoutStepSchema } from './payout-step.entity.ts';
export { WITHHELD_REASONS, type WithheldReason } from './payout-verdict.ts';
