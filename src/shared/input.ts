import { InvalidInputError } from './domain-error.ts';

export interface TextBounds {
  /** Counted in code points after trimming. Absent: 1. */
  readonly minLength?: number;
  readonly maxLength: number;
  /** Whether line breaks and tabs may occur. Absent: no. */
  readonly multiline?: boolean;
}

/** Control characters, halves of characters, and marks that turn the direction of what others write after them. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** RFC 5646 asks for room for this many characters. */
const MAX_LANGUAGE_TAG = 35;

/**
 * The text without surrounding space.
 *
 * @throws InvalidInputError naming `field` when the length is out of bounds, an unprintable character occurs, or there
 *   is nothing to see where there must be something
 */
export function requireText(field: string, text: string, bounds: TextBounds): string {
  const { minLength = 1, maxLength, multiline = false } = bounds;
  const trimmed = text.trim();
  const length = [...trimmed].length;
  const checked = multiline ? trimmed.replace(/[\n\r\t]/g, '') : trimmed;
  const isBlank = minLength > 0 && !VISIBLE.test(checked);
  if (length < minLength || length > maxLength || isBlank || UNPRINTABLE.test(checked)) {
    throw new InvalidInputError(field, `"${field}" needs from ${minLength} to ${maxLength} printable characters.`);
  }
  return trimmed;
}

/**
 * The texts without surrounding space, each once.
 *
 * @throws InvalidInputError naming `field`, or the text within it, when there are too many or one is out of bounds
 */
export function requireTexts(
  field: string,
  texts: readonly string[],
  { maxCount, maxLength }: { maxCount: number; maxLength: number },
): string[] {
  if (texts.length > maxCount) throw new InvalidInputError(field, `"${field}" holds at most ${maxCount}.`);
  const checked = texts.map((text, at) => requireText(`${field}.${at}`, text, { maxLength }));
  return [...new Set(checked)];
}

/** @throws InvalidInputError naming `field` unless the text has the form of an ISO 3166-1 alpha-2 code */
export function requireCountry(field: string, text: string): string {
  if (/^[A-Z]{2}$/.test(text)) return text;
  throw new InvalidInputError(field, `"${field}" is a country code of ISO 3166-1 such as "CN".`);
}

/** The tag in its canonical form. @throws InvalidInputError naming `field` when it is no BCP 47 tag */
export function requireLanguageTag(field: string, text: string): string {
  try {
    const tag = new Intl.Locale(text).toString();
    if (tag.length <= MAX_LANGUAGE_TAG) return tag;
  } catch {
    // Falls through to the one answer for every text that is no tag.
  }
  throw new InvalidInputError(field, `"${field}" is a BCP 47 tag such as "zh-CN" or "en".`);
}

/** @throws InvalidInputError unless the key has from 8 to 100 visible ASCII characters */
export function requireIdempotencyKey(key: string): string {
  if (/^[!-~]{8,100}$/.test(key)) return key;
  throw new InvalidInputError('idempotencyKey', 'An idempotency key has from 8 to 100 visible ASCII characters.');
}
