import { z } from 'zod';
import { normaliseEmail } from '../../shared/email.ts';
import { withoutType } from '../../shared/global-id.ts';

/** What a cell may hold. CSV gives text only; JSONL gives numbers and lists too. */
const LIST = { separator: '|', maxItems: 50, maxItemChars: 100 };
const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_BREAKS = /[^\P{Cc}\t\n\r]/u;

function missingOr(otherwise: string) {
  return { error: (issue: { input?: unknown }) => (issue.input === undefined ? 'is missing' : otherwise) };
}

/** One line of text, trimmed. */
export function text(maxChars: number) {
  return z
    .string(missingOr('must be text'))
    .trim()
    .min(1, 'is empty')
    .max(maxChars, `has more than ${maxChars} characters`)
    .refine((value) => value.isWellFormed() && !CONTROL.test(value), 'holds control characters');
}

/** Text of several lines, trimmed. */
export function longText(maxChars: number) {
  return z
    .string(missingOr('must be text'))
    .trim()
    .max(maxChars, `has more than ${maxChars} characters`)
    .refine((value) => value.isWellFormed() && !CONTROL_BUT_BREAKS.test(value), 'holds control characters');
}

/** The name of a thing in another system, or one of our ids, as the API gives it or as the database has it. */
export function reference() {
  return text(200).transform(withoutType);
}

/** A name that travels through addresses and logs. */
export function visibleAscii(maxChars: number) {
  const reason = `must have from 1 to ${maxChars} visible ASCII characters`;
  return z.string(missingOr(reason)).regex(new RegExp(`^[\\x21-\\x7e]{1,${maxChars}}$`), reason);
}

/** A short name that becomes part of the names of accounts. */
export function code() {
  const reason = 'must have from 1 to 40 small letters, digits, - or _';
  return z.string(missingOr(reason)).regex(/^[a-z0-9_-]{1,40}$/, reason);
}

export function choice<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, missingOr(`must be one of ${values.join(', ')}`));
}

/** An instant with its zone, ISO 8601. */
export function instant() {
  const example = '2026-03-01T09:30:00+08:00';
  return z.iso
    .datetime({ offset: true, ...missingOr(`must be an instant such as ${example}`) })
    .transform((value) => new Date(value));
}

/** An amount in major units as text: a JSON number could have lost digits before we see it. */
export function amount() {
  return z
    .string(missingOr('must be text such as "12.50", not a number'))
    .trim()
    .regex(/^\d{1,15}(\.\d{1,4})?$/, 'must be an amount such as 12.50');
}

export function currency() {
  return z.string(missingOr('must be text')).regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as CNY');
}

export function country() {
  return z.string(missingOr('must be text')).regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code such as CN');
}

export function locale() {
  return text(35).refine(isLocale, 'must be a BCP 47 tag such as zh-CN');
}

function isLocale(tag: string): boolean {
  try {
    return new Intl.Locale(tag).toString() !== '';
  } catch {
    return false;
  }
}

export function email() {
  return z.string(missingOr('must be text')).transform(normaliseEmail).pipe(z.string('must be an e-mail address'));
}

export function wholeNumber(min: number, max: number) {
  const reason = `must be a whole number from ${min} to ${max}`;
  return z
    .union([z.string().regex(/^-?\d{1,15}$/, reason), z.int(reason)], missingOr(reason))
    .transform(Number)
    .refine((value) => value >= min && value <= max, reason);
}

/** A decimal number that is no money. */
export function decimal() {
  const reason = 'must be a number';
  return z
    .union([z.string().regex(/^-?\d{1,15}(\.\d{1,15})?$/, reason), z.number(reason)], missingOr(reason))
    .transform(Number);
}

/** Texts separated by `|`, or a JSON list of texts. Blanks and repetitions are dropped. */
export function list() {
  const tooLong = `has an item of more than ${LIST.maxItemChars} characters`;
  return z
    .union([z.string(), z.array(z.string())], missingOr('must be a list of texts'))
    .transform((value) => (typeof value === 'string' ? value.split(LIST.separator) : value))
    .transform((items) => [...new Set(items.map((item) => item.trim()).filter((item) => item !== ''))])
    .refine((items) => items.length <= LIST.maxItems, `has more than ${LIST.maxItems} items`)
    .refine((items) => items.every((item) => item.length <= LIST.maxItemChars), tooLong)
    .refine((items) => items.every((item) => item.isWellFormed() && !CONTROL.test(item)), 'holds control characters');
}
