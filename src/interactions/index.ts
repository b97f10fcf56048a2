export { INTERACTION_KINDS, Interaction, type InteractionKind, InteractionSchema } from './interaction.entity.ts';
export { InteractionService } from './interaction.service.ts';
