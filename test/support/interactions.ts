import type { InteractionKind } from '../../src/interactions/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import type { TestPerson } from './people.ts';
import type { TestApp } from './test-app.ts';

export interface TestEvent {
  /** A new one unless given. */
  readonly eventId?: string;
  readonly contentId: string;
  /** Sent in place of the content's own. */
  readonly globalContentId?: string;
  readonly kind: InteractionKind;
  readonly value?: number;
  /** Now, unless given. */
  readonly occurredAt?: Date;
}

/** Either what went in, or why nothing did. */
export interface RecordAnswer {
  readonly accepted?: number;
  readonly duplicates?: number;
  readonly refused?: readonly { readonly index: number; readonly eventId: string; readonly reason: string }[];
  readonly code?: string;
  readonly field?: string;
}

const RECORD = /* GraphQL */ `
  mutation ($input: RecordInteractionsInput!) {
    recordInteractions(input: $input) {
      ... on InteractionsRecorded { accepted duplicates refused { index eventId reason } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;

/** Tells through the API what a person did; `null` for somebody without a session. */
export async function recordInteractions(
  app: TestApp,
  person: TestPerson | null,
  events: readonly TestEvent[],
): Promise<RecordAnswer> {
  const input = { events: events.map((event) => toInput(app, event)) };
  const session = person ? { token: person.token } : {};
  const data = await app.query<{ recordInteractions: RecordAnswer }>(RECORD, { input }, session);
  return data.recordInteractions;
}

function toInput(app: TestApp, event: TestEvent): Record<string, unknown> {
  return {
    eventId: event.eventId ?? app.platform.ids.next(),
    contentId: event.globalContentId ?? globalId('Content', event.contentId),
    kind: event.kind,
    value: event.value ?? null,
    occurredAt: (event.occurredAt ?? app.clock.now()).toISOString(),
  };
}
