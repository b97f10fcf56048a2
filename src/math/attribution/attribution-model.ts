import type { Ratio } from '../allocation/index.ts';
import type { Journey, UnconvertedJourney } from './journey.ts';

/** A touch's part of one conversion. */
export interface TouchCredit {
  readonly touchId: string;
  /** Exact, from zero to one. */
  readonly credit: Ratio;
}

/** How one conversion is shared among its touches. */
export interface JourneyCredit {
  readonly journeyId: string;
  /** Every touch of the journey in journey order, those without credit too; empty when nothing led to the conversion. */
  readonly touches: readonly TouchCredit[];
}

/**
 * A way of sharing conversions among the touches before them. Models take all journeys at once, since some learn from
 * all before they credit one. Every member keeps what `test/contract/attribution-model.contract.ts` checks: credits of
 * a journey sum to one exactly, the order of touches and journeys in the input does not matter, and the same input
 * gives the same credits.
 */
export interface AttributionModel {
  /**
   * @param unconverted Journeys of the same time without a conversion: those that were lost. Only models that learn from
   * them look at them; none unless given.
   * @returns One result a journey, in the order given.
   * @throws AttributionInputError when a journey has a touch after its conversion, or the same touch twice.
   */
  credit(journeys: readonly Journey[], unconverted?: readonly UnconvertedJourney[]): JourneyCredit[];
}
