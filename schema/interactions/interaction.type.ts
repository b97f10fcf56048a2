import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  INTERACTION_KINDS,
  type InteractionKind,
  MAX_EVENT_ID_LENGTH,
  MAX_EVENTS,
  REFUSAL_REASONS,
  type RecordedInteractions,
  type RefusalReason,
} from '../../src/interactions/index.ts';
import { build } from '../shared/build.ts';
import { enumOf } from '../shared/enum.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { InvalidInputFailure, UnauthenticatedFailure } from '../shared/user-error.ts';

export const InteractionKindEnum = enumOf(INTERACTION_KINDS);
registerEnumType(InteractionKindEnum, {
  name: 'InteractionKind',
  description: 'What a person did with a content.',
  valuesConfig: {
    VIEW: { description: 'Looked at it.' },
    PROGRESS: { description: 'Went through a part of it; the value is the completed share so far, from 0 to 1.' },
    RATE: { description: 'Rated it; the value is from 1, the worst, to 5.' },
    LIKE: { description: 'Liked it.' },
    SHARE: { description: 'Shared it.' },
    DISMISS: { description: 'Does not want to see it again.' },
    PURCHASE: { description: 'Bought it. Noted by paid orders alone; refused from outside.' },
  },
});

export const RefusalReasonEnum = enumOf(REFUSAL_REASONS);
registerEnumType(RefusalReasonEnum, {
  name: 'InteractionRefusalReason',
  description: 'Why an event was not taken.',
  valuesConfig: {
    EVENT_ID_INVALID: { description: `The event id is empty or longer than ${MAX_EVENT_ID_LENGTH} characters.` },
    KIND_NOT_ACCEPTED: { description: 'This kind is noted by orders and not taken from outside.' },
    VALUE_MISSING: { description: 'PROGRESS and RATE need a value.' },
    VALUE_NOT_EXPECTED: { description: 'This kind has no value.' },
    VALUE_OUT_OF_BOUNDS: { description: 'PROGRESS goes from 0 to 1, RATE from 1 to 5.' },
    TIME_OUT_OF_BOUNDS: { description: 'It lies more than five minutes in the future, or before the year 2000.' },
    UNKNOWN_CONTENT: { description: 'There is no such content.' },
  },
});

@InputType('InteractionEventInput', { description: 'One thing that the person did.' })
export class InteractionEventInput {
  @Field(() => String, {
    description: `Your own name for the event, up to ${MAX_EVENT_ID_LENGTH} characters: sent again, it counts once.`,
  })
  readonly eventId: string;

  @Field(() => ID, { description: 'The content.' })
  readonly contentId: string;

  @Field(() => InteractionKindEnum, { description: 'What was done.' })
  readonly kind: InteractionKind;

  @Field(() => Float, { nullable: true, description: 'PROGRESS: from 0 to 1. RATE: from 1 to 5. Otherwise absent.' })
  readonly value?: number | null;

  @Field(() => Date, { description: 'When it was done.' })
  readonly occurredAt: Date;
}

@InputType('RecordInteractionsInput', { description: 'What the person who asks did.' })
export class RecordInteractionsInput {
  @Field(() => [InteractionEventInput], { description: `From 1 to ${MAX_EVENTS} events in any order.` })
  readonly events: InteractionEventInput[];
}

@ObjectType('RefusedInteraction', { description: 'An event that was not taken.', simpleResolvers: true })
export class RefusedInteraction {
  @Field(() => Int, { description: 'Its place in the request, from 0.' })
  readonly index: number;

  @Field(() => String, { description: 'Your name for it.' })
  readonly eventId: string;

  @Field(() => RefusalReasonEnum, { description: 'Why.' })
  readonly reason: RefusalReason;
}

@ObjectType('InteractionsRecorded', { description: 'How the events went in.', simpleResolvers: true })
export class InteractionsRecorded {
  @Field(() => Int, { description: 'Events that are new.' })
  readonly accepted: number;

  @Field(() => Int, { description: 'Events that had been sent before.' })
  readonly duplicates: number;

  @Field(() => [RefusedInteraction], { description: 'Events that were not taken, in the order of the request.' })
  readonly refused: readonly RefusedInteraction[];
}

export const RecordInteractionsResult = mutationResult({
  name: 'RecordInteractionsResult',
  success: InteractionsRecorded,
  failures: [InvalidInputFailure, UnauthenticatedFailure],
});

export function toInteractionsRecorded({ accepted, duplicates, refused }: RecordedInteractions): InteractionsRecorded {
  return build(InteractionsRecorded, {
    accepted,
    duplicates,
    refused: refused.map((event) => build(RefusedInteraction, event)),
  });
}
