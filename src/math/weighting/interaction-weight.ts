import { assertAtLeast, assertInput } from '../assert.ts';

export type InteractionKind = 'VIEW' | 'PROGRESS' | 'RATE' | 'LIKE' | 'SHARE' | 'DISMISS' | 'PURCHASE';

export interface KindWeighting {
  /** What one such interaction of full strength says today; negative when it speaks against the content. */
  readonly weight: number;
  /** After this many days half of the weight is left. `Infinity`: it never fades. */
  readonly halfLifeDays: number;
}

export type InteractionWeighting = Readonly<Record<InteractionKind, KindWeighting>>;

/**
 * A view says least and fades first, a purchase says most and longest. A dismissal outweighs a few views, and one
 * outright purchase outweighs it: who bought a content and later cleared it from the feed still wanted it.
 */
export const DEFAULT_INTERACTION_WEIGHTING: InteractionWeighting = {
  VIEW: { weight: 1, halfLifeDays: 30 },
  PROGRESS: { weight: 3, halfLifeDays: 180 },
  RATE: { weight: 4, halfLifeDays: 365 },
  LIKE: { weight: 3, halfLifeDays: 180 },
  SHARE: { weight: 4, halfLifeDays: 180 },
  DISMISS: { weight: -4, halfLifeDays: 180 },
  PURCHASE: { weight: 5, halfLifeDays: 365 },
};

export interface WeighedInteraction {
  readonly kind: InteractionKind;
  /**
   * How much of it there was, in [-1, 1]: the completed share for PROGRESS, `ratingStrength` for RATE, 1 for the kinds
   * that happen or do not.
   */
  readonly strength: number;
  /** Days from the interaction to the moment of the computation. Below 0 (a client's clock runs ahead) counts as 0. */
  readonly ageDays: number;
}

/**
 * What one interaction contributes: weight(kind) * strength * 2^(-age / half-life(kind)). Bounded by the weight of the
 * kind.
 *
 * @throws RangeError for a strength outside [-1, 1], an age that is not finite or a half-life that is not positive.
 */
export function interactionWeight(
  interaction: WeighedInteraction,
  weighting: InteractionWeighting = DEFAULT_INTERACTION_WEIGHTING,
): number {
  const { kind, strength, ageDays } = interaction;
  const { weight, halfLifeDays } = weighting[kind];
  assertInput(strength >= -1 && strength <= 1, 'the strength of an interaction must be from -1 to 1');
  assertInput(Number.isFinite(ageDays), 'the age of an interaction must be finite');
  assertInput(
    Number.isFinite(weight) && halfLifeDays > 0,
    `the weighting of ${kind} must be finite, its half-life positive`,
  );
  return weight * strength * 2 ** (-Math.max(0, ageDays) / halfLifeDays);
}

/**
 * Strength of a rating on a scale, from -1 for the worst over 0 for the middle to 1 for the best: two stars of five
 * are -0.5, so that a bad rating speaks against.
 *
 * @throws RangeError for a scale without extent or a rating outside it.
 */
export function ratingStrength(rating: number, scale: { min: number; max: number } = { min: 1, max: 5 }): number {
  assertAtLeast('rating', rating, scale.min);
  assertInput(scale.max > scale.min && rating <= scale.max, `rating ${rating} must be at most ${scale.max}`);
  return (2 * (rating - scale.min)) / (scale.max - scale.min) - 1;
}
