import { requireTender } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { requireLanguageTag, requireText } from '../shared/input.ts';
import type { ContentKind, Level, Module } from './content.entity.ts';

/** What a supplier says of a content. */
export interface ContentDraft {
  readonly domainCode: string;
  readonly kind: ContentKind;
  readonly module: Module;
  readonly level: Level;
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly description: string;
  readonly keywords: readonly string[];
  /** 0 for what is free. */
  readonly priceMinor: bigint;
  readonly currency: string;
  readonly durationMinutes: number | null;
}

const MAX_TITLE = 200;
const MAX_DESCRIPTION = 10_000;
const MAX_AUTHORS = 20;
const MAX_KEYWORDS = 30;
/** Keeps every sum of prices far inside a bigint column. */
const MAX_PRICE_MINOR = 10n ** 12n;
const MAX_DURATION_MINUTES = 100_000;

/**
 * The draft with its texts trimmed and its language tag canonical. These are the bounds of what can be stored; whether
 * it is good enough to publish is for the quality rules.
 *
 * @throws InvalidInputError naming the field
 */
export function checkDraft(draft: ContentDraft): ContentDraft {
  const { priceMinor, currency, durationMinutes } = draft;
  requireTender('currency', currency);
  if (priceMinor < 0n || priceMinor > MAX_PRICE_MINOR) {
    throw new InvalidInputError('priceMinor', `A price is from 0 to ${MAX_PRICE_MINOR} minor units.`);
  }
  if (durationMinutes !== null && (durationMinutes < 1 || durationMinutes > MAX_DURATION_MINUTES)) {
    throw new InvalidInputError('durationMinutes', `A duration is from 1 to ${MAX_DURATION_MINUTES} minutes.`);
  }
  const { domainCode, kind, module, level } = draft;
  return {
    domainCode,
    kind,
    module,
    level,
    language: requireLanguageTag('language', draft.language),
    title: requireText('title', draft.title, { maxLength: MAX_TITLE }),
    authors: requireTexts('authors', draft.authors, { maxCount: MAX_AUTHORS, maxLength: 120 }),
    description: requireText('description', draft.description, { maxLength: MAX_DESCRIPTION, multiline: true }),
    keywords: requireTexts('keywords', draft.keywords, { maxCount: MAX_KEYWORDS, maxLength: 60 }),
    priceMinor,
    currency,
    durationMinutes,
  };
}

function requireTexts(
  field: string,
  texts: readonly string[],
  { maxCount, maxLength }: { maxCount: number; maxLength: number },
): string[] {
  if (texts.length > maxCount) throw new InvalidInputError(field, `"${field}" holds at most ${maxCount}.`);
  const checked = texts.map((text, at) => requireText(`${field}.${at}`, text, { maxLength }));
  return [...new Set(checked)];
}
