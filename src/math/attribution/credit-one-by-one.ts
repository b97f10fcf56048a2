import type { Ratio } from '../allocation/index.ts';
import type { AttributionModel } from './attribution-model.ts';
import { assertJourney, inJourneyOrder, type Journey, type Touch } from './journey.ts';

/**
 * A model that credits each journey from what is in it.
 *
 * @param creditsOf The credits of at least one touch in journey order; they sum to one.
 */
export function creditOneByOne(
  creditsOf: (touches: readonly Touch[], journey: Journey) => readonly Ratio[],
): AttributionModel {
  const creditJourney = (journey: Journey) => {
    assertJourney(journey);
    const touches = inJourneyOrder(journey.touches);
    const credits = touches.length === 0 ? [] : creditsOf(touches, journey);
    return {
      journeyId: journey.id,
      touches: credits.map((credit, place) => ({ touchId: touches[place]?.id ?? '', credit })),
    };
  };
  return { credit: (journeys) => journeys.map(creditJourney) };
}
