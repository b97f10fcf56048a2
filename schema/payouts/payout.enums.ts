import { registerEnumType } from 'type-graphql';
import { PAYOUT_BATCH_STATES, PAYOUT_OUTCOMES, PAYOUT_STATES, WITHHELD_REASONS } from '../../src/payouts/index.ts';
import { enumOf } from '../shared/enum.ts';

export const PayoutBatchStateEnum = enumOf(PAYOUT_BATCH_STATES);
registerEnumType(PayoutBatchStateEnum, {
  name: 'PayoutBatchState',
  description: 'Where a batch stands. COMPLETED: the bank has answered for every payout.',
});

export const PayoutStateEnum = enumOf(PAYOUT_STATES);
registerEnumType(PayoutStateEnum, {
  name: 'PayoutState',
  description: 'Where a payout stands. RETURNED: the bank sent it back; FAILED: it never left.',
});

export const PayoutOutcomeEnum = enumOf(PAYOUT_OUTCOMES);
registerEnumType(PayoutOutcomeEnum, { name: 'PayoutOutcome', description: 'What the bank answers for a payout.' });

export const WithheldReasonEnum = enumOf(WITHHELD_REASONS);
registerEnumType(WithheldReasonEnum, { name: 'WithheldReason', description: 'Why a partner is not paid out now.' });

export const WAITING_FOR = ['CLOSING', 'HOLD_DAYS'] as const;
export const WaitingForEnum = enumOf(WAITING_FOR);
registerEnumType(WaitingForEnum, {
  name: 'WaitingFor',
  description: 'CLOSING: its month has to be closed first. HOLD_DAYS: it is on a statement and kept back a while.',
});
