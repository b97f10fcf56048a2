import { Field, ID, ObjectType } from 'type-graphql';
import {
  NothingToPayError,
  OwnPayoutError,
  type PayoutResultAnswer,
  SamePersonError,
  StaleBatchError,
} from '../../src/payouts/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import {
  ForbiddenFailure,
  IdempotencyConflictFailure,
  IllegalTransitionFailure,
  InvalidInputFailure,
  UnauthenticatedFailure,
  UserError,
} from '../shared/user-error.ts';
import { PayoutBatchType, PayoutType, toPayout } from './payout.type.ts';
import { PayoutDetailsType } from './payout-details.type.ts';

@ObjectType('SetPayoutDetailsSuccess', { description: 'Money goes there from now on.', simpleResolvers: true })
export class SetPayoutDetailsSuccess {
  @Field(() => PayoutDetailsType, { description: 'The version that counts.' })
  readonly details: PayoutDetailsType;
}

@ObjectType('CreatePayoutBatchSuccess', { description: 'The batch is proposed.', simpleResolvers: true })
export class CreatePayoutBatchSuccess {
  @Field(() => PayoutBatchType, { description: 'The batch, in state DRAFT.' })
  readonly batch: PayoutBatchType;
}

@ObjectType('ApprovePayoutBatchSuccess', { description: 'The batch is approved.', simpleResolvers: true })
export class ApprovePayoutBatchSuccess {
  @Field(() => PayoutBatchType, { description: 'The batch, with its file.' })
  readonly batch: PayoutBatchType;
}

@ObjectType('CancelPayoutBatchSuccess', { description: 'The batch is given up.', simpleResolvers: true })
export class CancelPayoutBatchSuccess {
  @Field(() => PayoutBatchType, { description: 'The batch.' })
  readonly batch: PayoutBatchType;
}

@ObjectType('MarkPayoutBatchSentSuccess', { description: 'The batch is with the bank.', simpleResolvers: true })
export class MarkPayoutBatchSentSuccess {
  @Field(() => PayoutBatchType, { description: 'The batch.' })
  readonly batch: PayoutBatchType;
}

@ObjectType('RecordPayoutResultSuccess', { description: 'The answer is in the books.', simpleResolvers: true })
export class RecordPayoutResultSuccess {
  @Field(() => PayoutType, { description: 'The payout.' })
  readonly payout: PayoutType;
}

@ObjectType('PayoutResultRow', { description: 'What became of one answer.', simpleResolvers: true })
export class PayoutResultRow {
  @Field(() => ID, { description: 'The payout that was named.' })
  readonly payoutId: string;

  @Field(() => PayoutType, { nullable: true, description: 'The payout; absent when the answer was refused.' })
  readonly payout: PayoutType | null;

  @Field(() => String, { nullable: true, description: 'Stable code of the refusal; absent when it was recorded.' })
  readonly code: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused, for people.' })
  readonly message: string | null;
}

@ObjectType('RecordPayoutResultsSuccess', { description: 'Each answer was looked at.', simpleResolvers: true })
export class RecordPayoutResultsSuccess {
  @Field(() => [PayoutResultRow], { description: 'One for each answer, in their order.' })
  readonly results: readonly PayoutResultRow[];
}

@ObjectType('SamePersonError', { implements: UserError, description: 'Who proposed a batch does not approve it.' })
export class SamePersonFailure extends UserError {
  static readonly source = SamePersonError;
}

@ObjectType('NothingToPayError', { implements: UserError, description: 'Nobody can be paid: "payables" says why.' })
export class NothingToPayFailure extends UserError {
  static readonly source = NothingToPayError;

  @Field(() => String, { description: 'Currency, ISO 4217.' })
  readonly currency: string;
}

@ObjectType('OwnPayoutError', {
  implements: UserError,
  description: 'Who belongs to a partner has no hand in what is paid to it: somebody else has to do this.',
})
export class OwnPayoutFailure extends UserError {
  static readonly source = OwnPayoutError;

  /** From the error; not part of the API. */
  readonly localPartnerIds: readonly string[];

  @Field(() => [ID], { description: 'The partners that are paid and that the actor belongs to.' })
  partnerIds(): string[] {
    return this.localPartnerIds.map((id) => globalId('Partner', id));
  }
}

@ObjectType('StaleBatchError', {
  implements: UserError,
  description: 'Since the proposal, partners were suspended, gave another account, or money of theirs went back.',
})
export class StaleBatchFailure extends UserError {
  static readonly source = StaleBatchError;

  /** From the error; not part of the API. */
  readonly localPartnerIds: readonly string[];

  @Field(() => [ID], { description: 'The partners.' })
  partnerIds(): string[] {
    return this.localPartnerIds.map((id) => globalId('Partner', id));
  }
}

export function toPayoutResult({ payoutId, payout, failure }: PayoutResultAnswer): PayoutResultRow {
  return build(PayoutResultRow, {
    payoutId: globalId('Payout', payoutId),
    payout: payout && toPayout(payout),
    code: failure?.code ?? null,
    message: failure?.message ?? null,
  });
}

const always = [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure] as const;

export const SetPayoutDetailsResult = mutationResult({
  name: 'SetPayoutDetailsResult',
  success: SetPayoutDetailsSuccess,
  failures: always,
});

export const CreatePayoutBatchResult = mutationResult({
  name: 'CreatePayoutBatchResult',
  success: CreatePayoutBatchSuccess,
  failures: [...always, IdempotencyConflictFailure, NothingToPayFailure, OwnPayoutFailure],
});

export const ApprovePayoutBatchResult = mutationResult({
  name: 'ApprovePayoutBatchResult',
  success: ApprovePayoutBatchSuccess,
  failures: [...always, SamePersonFailure, OwnPayoutFailure, StaleBatchFailure, IllegalTransitionFailure],
});

export const CancelPayoutBatchResult = mutationResult({
  name: 'CancelPayoutBatchResult',
  success: CancelPayoutBatchSuccess,
  failures: [...always, IllegalTransitionFailure],
});

export const MarkPayoutBatchSentResult = mutationResult({
  name: 'MarkPayoutBatchSentResult',
  success: MarkPayoutBatchSentSuccess,
  failures: [...always, OwnPayoutFailure, IllegalTransitionFailure],
});

export const RecordPayoutResultResult = mutationResult({
  name: 'RecordPayoutResultResult',
  success: RecordPayoutResultSuccess,
  failures: [...always, OwnPayoutFailure, IdempotencyConflictFailure, IllegalTransitionFailure],
});

export const RecordPayoutResultsResult = mutationResult({
  name: 'RecordPayoutResultsResult',
  success: RecordPayoutResultsSuccess,
  failures: always,
});
