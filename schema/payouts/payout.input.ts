import { Field, ID, InputType } from 'type-graphql';
import type { PayoutBatchState, PayoutOutcome, PayoutState } from '../../src/payouts/index.ts';
import { PayoutBatchStateEnum, PayoutOutcomeEnum, PayoutStateEnum } from './payout.enums.ts';

const KEY = 'From 8 to 100 visible ASCII characters, new for each';

@InputType('PayoutFilter', { description: 'Which payouts. Conditions add up.' })
export class PayoutFilterType {
  @Field(() => ID, { nullable: true, description: 'Of one partner.' })
  readonly partnerId?: string | null;

  @Field(() => PayoutStateEnum, { nullable: true, description: 'In one state.' })
  readonly state?: PayoutState | null;
}

@InputType('PayoutBatchFilter', { description: 'Which batches.' })
export class PayoutBatchFilterType {
  @Field(() => PayoutBatchStateEnum, { nullable: true, description: 'In one state.' })
  readonly state?: PayoutBatchState | null;
}

@InputType('SetPayoutDetailsInput', { description: "Where a partner's money goes from now on." })
export class SetPayoutDetailsInputType {
  @Field(() => ID, { description: 'The partner, of which the viewer is an owner.' })
  readonly partnerId: string;

  @Field(() => String, { description: 'In whose name the account is, from 2 to 140 characters.' })
  readonly beneficiary: string;

  @Field(() => String, { description: 'IBAN or account number: 4 to 34 letters and digits, spaces and hyphens aside.' })
  readonly account: string;

  @Field(() => String, { description: 'Name of the bank, from 2 to 140 characters.' })
  readonly bankName: string;

  @Field(() => String, { description: 'Country of the bank, ISO 3166-1 alpha-2.' })
  readonly country: string;
}

@InputType('CreatePayoutBatchInput', { description: 'What to propose.' })
export class CreatePayoutBatchInputType {
  @Field(() => String, { description: 'Currency, ISO 4217, with a minor unit.' })
  readonly currency: string;

  @Field(() => Date, { description: 'What was available by then is paid. Not in the future.' })
  readonly cutOffAt: Date;

  @Field(() => String, { description: `${KEY} batch wanted. The same again: the same batch.` })
  readonly idempotencyKey: string;
}

@InputType('PayoutBatchStepInput', { description: 'A step of a batch.' })
export class PayoutBatchStepInputType {
  @Field(() => ID, { description: 'The batch.' })
  readonly batchId: string;

  @Field(() => String, { description: 'Why, up to 500 characters. Kept for good.' })
  readonly reason: string;
}

@InputType('PayoutAnswerInput', { description: 'What the bank answered for one payout.' })
export class PayoutAnswerInputType {
  @Field(() => ID, { description: 'The payout.' })
  readonly payoutId: string;

  @Field(() => PayoutOutcomeEnum, { description: 'What became of it. RETURNED may also come after PAID.' })
  readonly outcome: PayoutOutcome;

  @Field(() => String, { nullable: true, description: 'How the bank names it, up to 140 characters. Needed for PAID.' })
  readonly reference?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, up to 500 characters. Needed unless it is PAID.' })
  readonly reason?: string | null;
}

@InputType('RecordPayoutResultInput', { description: 'What the bank answered.' })
export class RecordPayoutResultInputType extends PayoutAnswerInputType {
  @Field(() => String, { description: `${KEY} answer. The same again: nothing changes.` })
  readonly idempotencyKey: string;
}

@InputType('RecordPayoutResultsInput', { description: 'What the bank answered for many payouts.' })
export class RecordPayoutResultsInputType {
  @Field(() => [PayoutAnswerInputType], { description: 'From 1 to 1,000, each payout once.' })
  readonly results: readonly PayoutAnswerInputType[];

  @Field(() => String, { description: `${KEY} list. The same again goes on where it was cut off.` })
  readonly idempotencyKey: string;
}
