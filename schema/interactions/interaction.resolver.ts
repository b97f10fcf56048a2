import { Arg, Ctx, Resolver } from 'type-graphql';
import type { InteractionEvent } from '../../src/interactions/index.ts';
import { InvalidInputError } from '../../src/shared/domain-error.ts';
import { localId } from '../../src/shared/global-id.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  type InteractionEventInput,
  type InteractionsRecorded,
  RecordInteractionsInput,
  RecordInteractionsResult,
  toInteractionsRecorded,
} from './interaction.type.ts';

@Resolver()
export class InteractionResolver {
  @ResultMutation(RecordInteractionsResult, {
    description: 'Tell what the person who asks did. Bad events are refused one by one, the others go in.',
  })
  async recordInteractions(
    @Arg('input', () => RecordInteractionsInput, { description: 'The events.' }) input: RecordInteractionsInput,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<InteractionsRecorded> {
    return toInteractionsRecorded(await services.interactions.record(actor, input.events.map(toEvent)));
  }
}

function toEvent({ contentId, value, ...event }: InteractionEventInput): InteractionEvent {
  return { ...event, contentId: contentIdOrNull(contentId), value: value ?? null };
}

/** An identifier of something else is one refused event, not a refused batch. */
function contentIdOrNull(id: string): string | null {
  try {
    return localId('Content', id);
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
}
