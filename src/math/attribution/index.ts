import type { AttributionModel } from './attribution-model.ts';
import { markovChannels, markovModel } from './markov-model.ts';
import type { ChannelModel } from './paths.ts';
import {
  firstChannel,
  firstTouch,
  lastChannel,
  lastTouch,
  linear,
  linearChannels,
  positionBased,
  positionBasedChannels,
} from './position-models.ts';
import { shapleyChannels, shapleyModel } from './shapley.ts';
import { DEFAULT_HALF_LIFE_DAYS, timeDecayChannels, timeDecayModel } from './time-decay.ts';

export { AttributionInputError } from './attribution-input-error.ts';
export type { AttributionModel, JourneyCredit, TouchCredit } from './attribution-model.ts';
export { bootstrapCredits, type CreditIntervals } from './bootstrap-credits.ts';
export { creditValue } from './credit-value.ts';
export { eligibleTouches, inJourneyOrder, type Journey } from './journey.ts';
export { JourneyLog } from './journey-log.ts';
export { creditByEffects, markovModel } from './markov-model.ts';
export { PathTable } from './path-table.ts';
export { type ChannelCredit, type ChannelModel, type Paths, pathTotals } from './paths.ts';
export { DEFAULT_HALF_LIFE_DAYS, timeDecayModel } from './time-decay.ts';

export const ATTRIBUTION_MODEL_NAMES = [
  'FIRST_TOUCH',
  'LAST_TOUCH',
  'LINEAR',
  'POSITION',
  'TIME_DECAY',
  'MARKOV',
  'SHAPLEY',
] as const;

export type AttributionModelName = (typeof ATTRIBUTION_MODEL_NAMES)[number];

/** Settings that some of the models have. */
export interface ModelSettings {
  /** Of MARKOV: channels in the window that is a state. */
  readonly order: number;
  /** Of TIME_DECAY. */
  readonly halfLifeDays: number;
}

export const DEFAULT_SETTINGS: ModelSettings = { order: 1, halfLifeDays: DEFAULT_HALF_LIFE_DAYS };

/** Every model of the family, as it credits touches. Campaigns are read with some of them: see `AttributionRun`. */
export const ATTRIBUTION_MODELS: Readonly<Record<AttributionModelName, AttributionModel>> = {
  FIRST_TOUCH: firstTouch,
  LAST_TOUCH: lastTouch,
  LINEAR: linear,
  POSITION: positionBased,
  TIME_DECAY: timeDecayModel(DEFAULT_SETTINGS),
  MARKOV: markovModel(DEFAULT_SETTINGS),
  SHAPLEY: shapleyModel,
};

/** Every model of the family, as it credits channels over aggregated paths. */
export const CHANNEL_MODELS: Readonly<Record<AttributionModelName, (settings: ModelSettings) => ChannelModel>> = {
  FIRST_TOUCH: () => firstChannel,
  LAST_TOUCH: () => lastChannel,
  LINEAR: () => linearChannels,
  POSITION: () => positionBasedChannels,
  TIME_DECAY: timeDecayChannels,
  MARKOV: markovChannels,
  SHAPLEY: () => shapleyChannels,
};
