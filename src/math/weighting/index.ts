export {
  DEFAULT_INTERACTION_WEIGHTING,
  type InteractionKind,
  type InteractionWeighting,
  interactionWeight,
  type KindWeighting,
  ratingStrength,
  type WeighedInteraction,
} from './interaction-weight.ts';
export { preferenceMatrix } from './preference-matrix.ts';
