export { INTERACTION_KINDS, Interaction, type InteractionKind, InteractionSchema } from './interaction.entity.ts';
export {
  InteractionService,
  MAX_EVENTS,
  type RecordedInteractions,
} from './interaction.service.ts';
export { readInteractionColumns } from './interaction-columns.reader.ts';
export type { InteractionColumns } from './interaction-columns.ts';
export {
  type InteractionEvent,
  MAX_EVENT_ID_LENGTH,
  REFUSAL_REASONS,
  type RefusalReason,
} from './interaction-event.ts';
