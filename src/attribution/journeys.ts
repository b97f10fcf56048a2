import { type JourneyConversion, type JourneyEvents, type JourneyTouch, windowDaysOf } from '../campaigns/index.ts';
import { eligibleTouches, inJourneyOrder, type Journey } from '../math/attribution/index.ts';
import { present } from '../shared/invariant.ts';

/** A conversion with the touchpoints that may earn credit for it. */
export interface ConversionJourney extends Journey<JourneyTouch> {
  readonly conversion: JourneyConversion;
}

/**
 * What led to each of some conversions: the person's touchpoints of all campaigns, each within the window that its own
 * campaign gives to its kind, since the person's previous conversion of the same kind. Of the same kind, because the
 * touchpoints that brought a registration are the ones that bring the first purchase too.
 *
 * @param events as `findJourneyEvents` gives them for these conversions
 * @returns one journey a conversion, in the order of `conversionIds`; an empty one when nothing led to it
 */
export function journeysOf(events: JourneyEvents, conversionIds: readonly string[]): ConversionJourney[] {
  const conversionById = new Map(events.conversions.map((conversion) => [conversion.id, conversion]));
  const previous = previousConversions(events.conversions);
  const touchesByPerson = Map.groupBy(events.touches.flatMap(withWindow), (touch) => touch.person);
  return conversionIds.map((id) => {
    const conversion = present(conversionById.get(id), 'a conversion that was asked for');
    const touches = eligibleTouches({
      touches: touchesByPerson.get(conversion.person) ?? [],
      convertedAt: conversion.occurredAt,
      previouslyConvertedAt: previous.get(id) ?? null,
    });
    return { id, conversion, touches, convertedAt: conversion.occurredAt };
  });
}

/** A touchpoint of a kind that earns nothing is none. */
function withWindow(touch: JourneyTouch): (JourneyTouch & { readonly windowDays: number })[] {
  const windowDays = windowDaysOf(touch.kind, touch);
  return windowDays === null ? [] : [{ ...touch, windowDays }];
}

/** When each conversion's person converted in the same way before it; by time, then by arrival. */
function previousConversions(conversions: readonly JourneyConversion[]): Map<string, Date> {
  const previous = new Map<string, Date>();
  for (const group of Map.groupBy(conversions, ({ person, kind }) => `${kind} ${person}`).values()) {
    inJourneyOrder(group).forEach((conversion, place, ordered) => {
      const before = ordered[place - 1];
      if (before) previous.set(conversion.id, before.occurredAt);
    });
  }
  return previous;
}
