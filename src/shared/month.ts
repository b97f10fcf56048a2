import { DateTime } from 'luxon';
import { InvalidInputError } from './domain-error.ts';

/** A calendar month, `2026-10`. Text order is the order in time. */
export type Month = string;

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** The month in which an instant falls. @param timeZone IANA name */
export function monthOf(instant: Date, timeZone: string): Month {
  return DateTime.fromJSDate(instant, { zone: timeZone }).toFormat('yyyy-MM');
}

/** The first instant that is no longer in the month. @param timeZone IANA name */
export function endOfMonth(month: Month, timeZone: string): Date {
  return DateTime.fromFormat(month, 'yyyy-MM', { zone: timeZone }).plus({ months: 1 }).toJSDate();
}

export function nextMonth(month: Month): Month {
  return DateTime.fromFormat(month, 'yyyy-MM', { zone: 'utc' }).plus({ months: 1 }).toFormat('yyyy-MM');
}

export function previousMonth(month: Month): Month {
  return DateTime.fromFormat(month, 'yyyy-MM', { zone: 'utc' }).minus({ months: 1 }).toFormat('yyyy-MM');
}

/** @throws InvalidInputError naming `field` unless the text is a month */
export function requireMonth(field: string, text: string): Month {
  if (MONTH.test(text)) return text;
  throw new InvalidInputError(field, `"${field}" is a month such as "2026-10".`);
}
