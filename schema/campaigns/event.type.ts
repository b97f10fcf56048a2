import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  CHANNELS,
  CONVERSION_KINDS,
  EVENT_REFUSALS,
  type EventRefusal,
  MAX_EVENTS,
  type RecordedEvents,
  TOUCH_KINDS,
} from '../../src/campaigns/index.ts';
import { build } from '../shared/build.ts';
import { enumOf } from '../shared/enum.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { ForbiddenFailure, InvalidInputFailure, UnauthenticatedFailure } from '../shared/user-error.ts';

export const EventRefusalEnum = enumOf(EVENT_REFUSALS);
registerEnumType(EventRefusalEnum, {
  name: 'EventRefusal',
  description: 'Why an event was not taken.',
  valuesConfig: {
    EVENT_ID_INVALID: { description: 'The event id is missing, or not 1 to 128 visible ASCII characters.' },
    KIND_UNKNOWN: { description: 'The kind is missing, or none of those listed.' },
    UNKNOWN_CAMPAIGN: { description: 'There is no such campaign that the partner takes part in.' },
    CAMPAIGN_NOT_STARTED: { description: 'The campaign is still DRAFT or PLANNED.' },
    CHANNEL_NOT_OF_CAMPAIGN: { description: 'The channel is missing, or none that the campaign uses.' },
    PERSON_MISSING: { description: 'It names neither an account nor a visitor.' },
    VISITOR_ID_INVALID: { description: 'The visitor id is not 1 to 128 visible ASCII characters.' },
    UNKNOWN_USER: { description: 'There is no such account.' },
    TIME_INVALID: { description: 'The time is missing, or not ISO 8601 with an offset from UTC.' },
    TIME_OUT_OF_BOUNDS: { description: 'It lies more than five minutes in the future, or before the year 2000.' },
    VALUE_INVALID: { description: 'The value is not a whole number of minor units of at most 15 digits.' },
    CURRENCY_UNKNOWN: { description: 'The currency is missing, or not one of ISO 4217.' },
  },
});

/** Texts, since a value of the wrong type would cost the whole batch: GraphQL refuses the request before we see it. */
@InputType({ description: 'What every event says. All are texts, so that a bad one costs one event.' })
abstract class EventInput {
  @Field(() => String, {
    nullable: true,
    description: 'Your own name for the event, 1 to 128 visible ASCII characters: sent again, it counts once.',
  })
  readonly eventId?: string | null;

  @Field(() => String, { nullable: true, description: 'Global identifier of the account, when the person has one.' })
  readonly userId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Pseudonym of the person, 1 to 128 visible ASCII characters. With an account beside it, the two are linked.',
  })
  readonly visitorId?: string | null;

  @Field(() => String, { nullable: true, description: 'When: ISO 8601 with an offset, "2026-10-31T08:00:00Z".' })
  readonly occurredAt?: string | null;
}

@InputType('TouchpointEventInput', { description: 'One contact of one person with one campaign.' })
export class TouchpointEventInputType extends EventInput {
  @Field(() => String, { nullable: true, description: 'Global identifier of the campaign.' })
  readonly campaignId?: string | null;

  @Field(() => String, { nullable: true, description: `One of ${CHANNELS.join(', ')}, and of the campaign.` })
  readonly channel?: string | null;

  @Field(() => String, { nullable: true, description: `One of ${TOUCH_KINDS.join(', ')}.` })
  readonly kind?: string | null;
}

@InputType('ConversionEventInput', { description: 'Something that campaigns want, seen outside the platform.' })
export class ConversionEventInputType extends EventInput {
  @Field(() => String, { nullable: true, description: `One of ${CONVERSION_KINDS.join(', ')}.` })
  readonly kind?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is worth, in minor units: "1999". Absent for nothing.' })
  readonly valueMinor?: string | null;

  @Field(() => String, { nullable: true, description: 'Currency of the value, ISO 4217; of a value of nothing too.' })
  readonly currency?: string | null;
}

@InputType('RecordTouchpointsInput', { description: 'Touchpoints of a partner.' })
export class RecordTouchpointsInputType {
  @Field(() => ID, { description: 'The partner whose channels met the people.' })
  readonly partnerId: string;

  @Field(() => [TouchpointEventInputType], { description: `From 1 to ${MAX_EVENTS} events in any order.` })
  readonly events: TouchpointEventInputType[];
}

@InputType('RecordConversionsInput', { description: 'Conversions that a partner saw.' })
export class RecordConversionsInputType {
  @Field(() => ID, { description: 'The partner that saw them.' })
  readonly partnerId: string;

  @Field(() => [ConversionEventInputType], { description: `From 1 to ${MAX_EVENTS} events in any order.` })
  readonly events: ConversionEventInputType[];
}

@ObjectType('RefusedEvent', { description: 'An event that was not taken.', simpleResolvers: true })
export class RefusedEventType {
  @Field(() => Int, { description: 'Its place in the request, from 0.' })
  readonly index: number;

  @Field(() => String, { nullable: true, description: 'Your name for it, as you sent it.' })
  readonly eventId: string | null;

  @Field(() => EventRefusalEnum, { description: 'Why.' })
  readonly reason: EventRefusal;
}

@ObjectType('EventsRecorded', { description: 'How the events went in.', simpleResolvers: true })
export class EventsRecorded {
  @Field(() => Int, { description: 'Events that are new.' })
  readonly accepted: number;

  @Field(() => Int, { description: 'Events that had been sent before; what was sent first stands.' })
  readonly duplicates: number;

  @Field(() => [RefusedEventType], { description: 'Events that were not taken, in the order of the request.' })
  readonly refused: readonly RefusedEventType[];
}

export const RecordEventsResult = mutationResult({
  name: 'RecordEventsResult',
  success: EventsRecorded,
  failures: [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure],
});

export function toEventsRecorded({ accepted, duplicates, refused }: RecordedEvents): EventsRecorded {
  return build(EventsRecorded, {
    accepted,
    duplicates,
    refused: refused.map((event) => build(RefusedEventType, event)),
  });
}
