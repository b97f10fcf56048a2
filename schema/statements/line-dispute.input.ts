import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { enumOf } from '../shared/enum.ts';
import { MinorUnits } from '../shared/minor-units.scalar.ts';

const VERDICTS = ['ACCEPT', 'REJECT'] as const;
const DisputeVerdictEnum = enumOf(VERDICTS);
registerEnumType(DisputeVerdictEnum, {
  name: 'LineDisputeVerdict',
  description: 'How finance answers a dispute.',
  valuesConfig: {
    ACCEPT: { description: 'Grant it, in full or in part: an adjustment is posted.' },
    REJECT: { description: 'Say no.' },
  },
});

@InputType('DisputeLineInput', { description: 'What is wrong with a line.' })
export class DisputeLineInputType {
  @Field(() => ID, { description: 'The line, of an open or a closed statement.' })
  readonly lineId: string;

  @Field(() => String, { description: 'Why it is wrong, up to 1,000 characters.' })
  readonly reason: string;

  @Field(() => MinorUnits, { description: 'What it should be, in minor units of its currency.' })
  readonly amount: bigint;

  @Field(() => String, {
    description: 'From 8 to 100 visible ASCII characters, new for each dispute. The same again: the same dispute.',
  })
  readonly idempotencyKey: string;
}

@InputType('AnswerLineDisputeInput', { description: 'What finance says to a dispute.' })
export class AnswerLineDisputeInputType {
  @Field(() => ID, { description: 'The dispute.' })
  readonly disputeId: string;

  @Field(() => DisputeVerdictEnum, { description: 'Yes or no.' })
  readonly verdict: (typeof VERDICTS)[number];

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'With ACCEPT: what the line should be, beyond what is stated and up to what is claimed.',
  })
  readonly amount?: bigint | null;

  @Field(() => String, { description: 'Why, up to 1,000 characters.' })
  readonly reason: string;

  @Field(() => String, {
    description: 'From 8 to 100 visible ASCII characters, new for each answer. The same again: the same answer.',
  })
  readonly idempotencyKey: string;
}

@InputType('WithdrawLineDisputeInput', { description: 'What a partner takes back.' })
export class WithdrawLineDisputeInputType {
  @Field(() => ID, { description: 'The dispute.' })
  readonly disputeId: string;

  @Field(() => String, { description: 'Why, up to 1,000 characters.' })
  readonly reason: string;
}
