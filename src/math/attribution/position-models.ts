import { ratio } from '../allocation/index.ts';
import type { AttributionModel, JourneyCredit } from './attribution-model.ts';
import { assertJourney, inJourneyOrder, type Journey } from './journey.ts';

/** All credit to the first touch. */
export const firstTouch = positionModel((place) => (place === 0 ? 1 : 0));

/** All credit to the last touch. */
export const lastTouch = positionModel((place, count) => (place === count - 1 ? 1 : 0));

/** Equal credit to every touch; repeats count. */
export const linear = positionModel(() => 1);

/** 40 % to the first touch, 40 % to the last, 20 % among those between; of two touches half each. */
export const positionBased = positionModel((place, count) => {
  if (count <= 2) return 1;
  return place === 0 || place === count - 1 ? 2 * (count - 2) : 1;
});

/**
 * A model that looks at nothing but a touch's place in its journey.
 *
 * credit(place) = weight(place, count) / sum of the weights of all places
 *
 * @param weight Whole and not negative; above zero for one place at least. Places count from zero.
 */
function positionModel(weight: (place: number, count: number) => number): AttributionModel {
  return { credit: (journeys) => journeys.map((journey) => creditByPlace(journey, weight)) };
}

function creditByPlace(journey: Journey, weight: (place: number, count: number) => number): JourneyCredit {
  assertJourney(journey);
  const touches = inJourneyOrder(journey.touches);
  const total = touches.reduce((sum, _, place) => sum + weight(place, touches.length), 0);
  return {
    journeyId: journey.id,
    touches: touches.map(({ id }, place) => ({
      touchId: id,
      credit: ratio(BigInt(weight(place, touches.length)), BigInt(total)),
    })),
  };
}
