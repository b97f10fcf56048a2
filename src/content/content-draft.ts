import { requireTender } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { requireLanguageTag, requireText, requireTexts } from '../shared/input.ts';
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
  /** Years that somebody must have to be shown and sold it, from 0 to `MAX_MIN_AGE`; null for what the kind calls for. */
  readonly minAge: number | null;
}

/** A draft of which everything is known. */
export type CheckedDraft = ContentDraft & { readonly minAge: number };

const MAX_TITLE = 200;
const MAX_DESCRIPTION = 10_000;
const MAX_AUTHORS = 20;
const MAX_KEYWORDS = 30;
/** Keeps every sum of prices far inside a bigint column. */
const MAX_PRICE_MINOR = 10n ** 12n;
const MAX_DURATION_MINUTES = 100_000;
/** The highest age of majority that there is. */
const MAX_MIN_AGE = 21;
const AGE_OF_CONTRACTS = 18;

/** The age that a kind of content calls for unless its supplier says otherwise, in years. */
export function defaultMinAge(kind: ContentKind): number {
  return kind === 'FINANCIAL_PRODUCT' ? AGE_OF_CONTRACTS : 0;
}

/**
 * The draft with its texts trimmed and its language tag canonical. These are the bounds of what can be stored; whether
 * it is good enough to publish is for the quality rules.
 *
 * @throws InvalidInputError naming the field
 */
export function checkDraft(draft: ContentDraft): CheckedDraft {
  const { priceMinor, currency, durationMinutes } = draft;
  const minAge = draft.minAge ?? defaultMinAge(draft.kind);
  requireTender('currency', currency);
  if (priceMinor < 0n || priceMinor > MAX_PRICE_MINOR) {
    throw new InvalidInputError('priceMinor', `A price is from 0 to ${MAX_PRICE_MINOR} minor units.`);
  }
  if (durationMinutes !== null && (durationMinutes < 1 || durationMinutes > MAX_DURATION_MINUTES)) {
    throw new InvalidInputError('durationMinutes', `A duration is from 1 to ${MAX_DURATION_MINUTES} minutes.`);
  }
  if (minAge < 0 || minAge > MAX_MIN_AGE) {
    throw new InvalidInputError('minAge', `An age is from 0 to ${MAX_MIN_AGE} years.`);
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
    minAge,
  };
}
