import {
  DEFAULT_INTERACTION_WEIGHTING,
  type InteractionKind,
  type InteractionWeighting,
  interactionWeight,
  ratingStrength,
} from '../math/weighting/index.ts';

const DAY_MS = 86_400_000;

/** How long and how much each kind of interaction counts, in training and for the person who asks for a feed. */
export const WEIGHTING: InteractionWeighting = DEFAULT_INTERACTION_WEIGHTING;

export interface TimedInteraction {
  readonly kind: InteractionKind;
  /** Completed share for PROGRESS, rating for RATE; of no meaning for the other kinds. */
  readonly value: number;
  readonly occurredAtMs: number;
}

/** What an interaction weighs at a moment, in the units of `WEIGHTING`; negative when it speaks against the content. */
export function weightAt(interaction: TimedInteraction, atMs: number): number {
  const { kind, value, occurredAtMs } = interaction;
  return interactionWeight(
    { kind, strength: strengthOf(kind, value), ageDays: (atMs - occurredAtMs) / DAY_MS },
    WEIGHTING,
  );
}

function strengthOf(kind: InteractionKind, value: number): number {
  if (kind === 'PROGRESS') return value;
  return kind === 'RATE' ? ratingStrength(value) : 1;
}

/** The weighting as a version keeps it: `{ 'weight.VIEW': 1, 'halfLifeDays.VIEW': 30, ... }`. */
export function flatWeighting(): Record<string, number> {
  const entries = Object.entries(WEIGHTING).flatMap(([kind, { weight, halfLifeDays }]) => [
    [`weight.${kind}`, weight] as const,
    [`halfLifeDays.${kind}`, halfLifeDays] as const,
  ]);
  return Object.fromEntries(entries);
}
