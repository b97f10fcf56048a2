import type { Random } from '../../src/shared/random.ts';
import { HOUR_MS, localClock } from './demo-calendar.ts';
import { firstAbove } from './sampling.ts';

/** Sunday first. */
const WEEKDAY_WEIGHTS = [1.42, 0.92, 0.86, 0.9, 0.88, 1.0, 1.36];
/** Midnight first: asleep, a commute peak, a lunch peak, the long evening. */
const HOUR_WEIGHTS = [
  0.35, 0.15, 0.07, 0.04, 0.04, 0.08, 0.3, 0.75, 1.0, 0.8, 0.75, 0.85, 1.35, 1.1, 0.75, 0.75, 0.8, 0.95, 1.2, 1.6, 2.1,
  2.3, 1.8, 0.9,
];
/** How much busier the last day is than the first. */
const GROWTH = 0.3;

/** When people are awake and at leisure: draws moments of a span in proportion to that. Times are epoch milliseconds. */
export interface Rhythm {
  /** A whole second in [fromMs, toMs); both must lie inside the span. */
  between(random: Random, fromMs: number, toMs: number): number;
}

export function weekdayWeight(time: Date): number {
  return WEEKDAY_WEIGHTS[localClock(time).weekday] ?? 1;
}

export function createRhythm(startsAt: Date, endsAt: Date): Rhythm {
  const startMs = startsAt.getTime();
  const hours = Math.ceil((endsAt.getTime() - startMs) / HOUR_MS);
  const upTo = new Float64Array(hours);
  let total = 0;
  for (let hour = 0; hour < hours; hour += 1) {
    total += hourWeight(new Date(startMs + hour * HOUR_MS)) * (1 + (GROWTH * hour) / hours);
    upTo[hour] = total;
  }
  const before = (hour: number): number => (hour <= 0 ? 0 : (upTo[hour - 1] ?? total));
  const weightUntil = (timeMs: number): number => {
    const position = (timeMs - startMs) / HOUR_MS;
    const hour = Math.floor(position);
    return before(hour) + (before(hour + 1) - before(hour)) * (position - hour);
  };
  const between = (random: Random, fromMs: number, toMs: number): number => {
    const low = weightUntil(fromMs);
    const target = low + (weightUntil(toMs) - low) * random.next();
    const hour = firstAbove(upTo, target);
    const part = (target - before(hour)) / (before(hour + 1) - before(hour));
    const drawnMs = Math.floor((startMs + (hour + part) * HOUR_MS) / 1000) * 1000;
    return Math.max(fromMs, Math.min(drawnMs, toMs - 1));
  };
  return { between };
}

function hourWeight(time: Date): number {
  return weekdayWeight(time) * (HOUR_WEIGHTS[localClock(time).hour] ?? 1);
}
