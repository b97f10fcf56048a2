export {
  DEFAULT_INTERACTION_WEIGHTING,
  type InteractionKind,
  type InteractionWeighting,
  interactionWeight,
  ratingStrength,
} from './interaction-weight.ts';
export { preferenceMatrix } from './preference-matrix.ts';
export {
  DEFAULT_TERM_WEIGHTING,
  TERM_WEIGHTINGS,
  TermWeigher,
  type TermWeightingOptions,
} from './term-weigher.ts';
