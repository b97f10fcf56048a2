import { DateTime } from 'luxon';
import { InvalidInputError } from '../shared/domain-error.ts';
import { isStorableInstant } from '../shared/storable.ts';

export const GRANULARITIES = ['DAY', 'WEEK', 'MONTH'] as const;
export type Granularity = (typeof GRANULARITIES)[number];

/** Calendar days in UTC, both included. */
export interface MetricsSpan {
  readonly from: string;
  readonly to: string;
}

export const MAX_SPAN_DAYS = 1_100;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** @throws InvalidInputError when a day is none, the first comes after the last, or they are too far apart */
export function checkSpan({ from, to }: MetricsSpan): void {
  const days = (checkDay('to', to).getTime() - checkDay('from', from).getTime()) / DAY_MS + 1;
  if (days < 1) throw new InvalidInputError('to', '"to" is the last day and cannot come before "from".');
  if (days > MAX_SPAN_DAYS) throw new InvalidInputError('to', `At most ${MAX_SPAN_DAYS} days at once, not ${days}.`);
}

/** @returns midnight, UTC @throws InvalidInputError when the text is no day such as `2026-10-31` */
export function checkDay(field: string, day: string): Date {
  const midnight = DateTime.fromISO(day, { zone: 'utc' });
  if (DAY.test(day) && midnight.isValid && isStorableInstant(midnight.toJSDate())) return midnight.toJSDate();
  throw new InvalidInputError(field, `"${day}" is not a day such as "2026-10-31".`);
}
