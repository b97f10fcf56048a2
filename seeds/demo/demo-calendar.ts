import type { DemoPeriod } from './scenario.types.ts';

export const DEMO_TIME_ZONE = 'Asia/Shanghai';
export const DEMO_CURRENCY = 'CNY';
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** China has kept one offset without daylight saving since 1991, so plain arithmetic is exact. */
const ZONE_OFFSET_MS = 8 * HOUR_MS;
const HISTORY_DAYS = 90;
const CLOSED_PERIODS = 2;

/** The dates that everything in the scenario hangs on, all derived from its last moment. */
export interface DemoCalendar {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly salesStartAt: Date;
  readonly closedPeriods: readonly DemoPeriod[];
  /** Ten in the morning (or another hour), local time, that many days before the last day. */
  daysAgo(days: number, hour?: number): Date;
}

export function demoCalendar(endsAt: Date): DemoCalendar {
  const daysAgo = (days: number, hour = 10): Date =>
    new Date(startOfDay(endsAt).getTime() - days * DAY_MS + hour * HOUR_MS);
  const closedPeriods = lastFullMonths(endsAt);
  const historyStart = daysAgo(HISTORY_DAYS, 0);
  const salesStartAt = startOfMonth(endsAt, CLOSED_PERIODS);
  const startsAt = new Date(Math.min(salesStartAt.getTime(), historyStart.getTime()));
  return { startsAt, endsAt, salesStartAt, closedPeriods, daysAgo };
}

/** The calendar day in the scenario's time zone, `YYYY-MM-DD`. */
export function localDay(time: Date): string {
  return new Date(time.getTime() + ZONE_OFFSET_MS).toISOString().slice(0, 10);
}

function startOfDay(time: Date): Date {
  const local = time.getTime() + ZONE_OFFSET_MS;
  return new Date(local - (local % DAY_MS) - ZONE_OFFSET_MS);
}

/** Day of the week in the scenario's time zone, 0 for Sunday, and hour of the day. */
export function localClock(time: Date): { weekday: number; hour: number } {
  const local = new Date(time.getTime() + ZONE_OFFSET_MS);
  return { weekday: local.getUTCDay(), hour: local.getUTCHours() };
}

/** First moment of the month that lies `monthsBack` months before the month of `time`. */
export function startOfMonth(time: Date, monthsBack: number): Date {
  const local = new Date(time.getTime() + ZONE_OFFSET_MS);
  return new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - monthsBack, 1) - ZONE_OFFSET_MS);
}

function lastFullMonths(endsAt: Date): DemoPeriod[] {
  return Array.from({ length: CLOSED_PERIODS }, (_, index) => {
    const from = startOfMonth(endsAt, CLOSED_PERIODS - index);
    const to = startOfMonth(endsAt, CLOSED_PERIODS - index - 1);
    const closedAt = new Date(Math.min(to.getTime() + 2 * HOUR_MS, endsAt.getTime()));
    return { key: localDay(from).slice(0, 7), from, to, closedAt };
  });
}
