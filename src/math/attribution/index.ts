import type { AttributionModel } from './attribution-model.ts';
import { firstTouch, lastTouch, linear, positionBased } from './position-models.ts';

export { AttributionInputError } from './attribution-input-error.ts';
export type { AttributionModel, JourneyCredit, TouchCredit } from './attribution-model.ts';
export { creditValue } from './credit-value.ts';
export { eligibleTouches, inJourneyOrder, type Journey } from './journey.ts';

export const ATTRIBUTION_MODEL_NAMES = ['FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR', 'POSITION'] as const;

export type AttributionModelName = (typeof ATTRIBUTION_MODEL_NAMES)[number];

/** Every model of the family. Campaigns are read with some of them: see `AttributionRun`. */
export const ATTRIBUTION_MODELS: Readonly<Record<AttributionModelName, AttributionModel>> = {
  FIRST_TOUCH: firstTouch,
  LAST_TOUCH: lastTouch,
  LINEAR: linear,
  POSITION: positionBased,
};
