import { Arg, Ctx, Resolver } from 'type-graphql';
import { InvalidInputError } from '../../src/shared/domain-error.ts';
import { localId } from '../../src/shared/global-id.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  type ConversionEventInputType,
  type EventsRecorded,
  RecordConversionsInputType,
  RecordEventsResult,
  RecordTouchpointsInputType,
  type TouchpointEventInputType,
  toEventsRecorded,
} from './event.type.ts';

const HOW =
  'Events may be late and out of order. Bad ones are refused one by one, the others go in; one sent before counts once.';

@Resolver()
export class EventResolver {
  @ResultMutation(RecordEventsResult, {
    description: `Tell whom a partner's channels met. Its owners and managers. ${HOW}`,
  })
  async recordTouchpoints(
    @Arg('input', () => RecordTouchpointsInputType, { description: 'The events.' }) input: RecordTouchpointsInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<EventsRecorded> {
    const partnerId = localId('Partner', input.partnerId);
    const events = input.events.map((event) => ({
      ...common(event),
      campaignId: idOrText('Campaign', event.campaignId),
      channel: event.channel ?? null,
    }));
    return toEventsRecorded(await services.touchpoints.record(actor, { partnerId, events }));
  }

  @ResultMutation(RecordEventsResult, {
    description: `Tell what people did that campaigns want, save orders of the platform. Owners and managers of a partner that takes part in a campaign. ${HOW}`,
  })
  async recordConversions(
    @Arg('input', () => RecordConversionsInputType, { description: 'The events.' }) input: RecordConversionsInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<EventsRecorded> {
    const partnerId = localId('Partner', input.partnerId);
    const events = input.events.map((event) => ({
      ...common(event),
      valueMinor: event.valueMinor ?? null,
      currency: event.currency ?? null,
    }));
    return toEventsRecorded(await services.conversions.record(actor, { partnerId, events }));
  }
}

function common(event: TouchpointEventInputType | ConversionEventInputType) {
  return {
    eventId: event.eventId ?? null,
    kind: event.kind ?? null,
    userId: idOrText('User', event.userId),
    visitorId: event.visitorId ?? null,
    occurredAt: event.occurredAt ?? null,
  };
}

/** The local identifier; a text that is none goes on as it is, to be refused as unknown with its event. */
function idOrText(typeName: string, id: string | null | undefined): string | null {
  if (id === null || id === undefined) return null;
  try {
    return localId(typeName, id);
  } catch (error) {
    if (error instanceof InvalidInputError) return `no identifier: ${id}`;
    throw error;
  }
}
