import { DateTime } from 'luxon';
import { InvalidInputError } from './domain-error.ts';

/** A calendar month, `2026-10`. Text order is the order in time. */
export type Month = string;

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** By time zone: a format is dear to make and cheap to use. */
const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The month in which an instant falls.
 *
 * @param timeZone IANA name
 * @throws RangeError for a time zone that there is not
 */
export function monthOf(instant: Date, timeZone: string): Month {
  return formatIn(timeZone).format(instant);
}

/** Swedes write a month as we do. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit' });
  formats.set(timeZone, format);
  return format;
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
