import type { Shelf } from './behaviour-shelf.ts';
import type { DemoCalendar } from './demo-calendar.ts';
import type { Rhythm } from './rhythm.ts';

/** What behaviour happens in. */
export interface World {
  readonly shelf: Shelf;
  readonly rhythm: Rhythm;
  readonly calendar: DemoCalendar;
  readonly seed: number;
}
