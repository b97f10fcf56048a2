import type { ContentKind } from './content.entity.ts';

/** What the rules look at. */
export interface QualityFacts {
  readonly kind: ContentKind;
  readonly language: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly description: string;
  readonly keywords: readonly string[];
  readonly durationMinutes: number | null;
  readonly licences: readonly { readonly validUntil: Date | null }[];
}

export const QUALITY_RULES = [
  'TITLE_LENGTH',
  'DESCRIPTION_LENGTH',
  'DESCRIPTION_REPEATS_TITLE',
  'AUTHOR_NAMED',
  'KEYWORD_COUNT',
  'DURATION_GIVEN',
  'LICENCE_HELD',
] as const;
export type QualityRule = (typeof QUALITY_RULES)[number];

/** A rule that a content does not meet, with a sentence for its supplier. */
export interface QualityFinding {
  readonly rule: QualityRule;
  readonly message: string;
}

/** Chinese says in one character what English says in two or three. */
const SHORTEST = { dense: { title: 4, description: 20 }, alphabetic: { title: 8, description: 50 } };
const KEYWORDS = { min: 2, max: 15 };
const TEACHING: readonly ContentKind[] = ['COURSE', 'BOOK', 'LECTURE', 'ARTICLE', 'VIDEO'];
const TIMED: readonly ContentKind[] = ['COURSE', 'LECTURE', 'VIDEO'];
const DENSE_LANGUAGES = ['zh', 'ja', 'ko'];

type Check = (facts: QualityFacts, now: Date) => string | null;

const checks: Readonly<Record<QualityRule, Check>> = {
  TITLE_LENGTH: ({ title, language }) => {
    const shortest = shortestFor(language).title;
    return lengthOf(title) >= shortest ? null : `The title needs at least ${shortest} characters.`;
  },
  DESCRIPTION_LENGTH: ({ description, language }) => {
    const shortest = shortestFor(language).description;
    return lengthOf(description) >= shortest ? null : `The description needs at least ${shortest} characters.`;
  },
  DESCRIPTION_REPEATS_TITLE: ({ title, description }) =>
    description.trim() === title.trim() ? 'The description says no more than the title.' : null,
  AUTHOR_NAMED: ({ kind, authors }) =>
    TEACHING.includes(kind) && authors.length === 0 ? `A ${kind.toLowerCase()} names its author.` : null,
  KEYWORD_COUNT: ({ keywords }) =>
    keywords.length < KEYWORDS.min || keywords.length > KEYWORDS.max
      ? `From ${KEYWORDS.min} to ${KEYWORDS.max} keywords help people to find it.`
      : null,
  DURATION_GIVEN: ({ kind, durationMinutes }) =>
    TIMED.includes(kind) && durationMinutes === null ? `A ${kind.toLowerCase()} says how long it takes.` : null,
  LICENCE_HELD: ({ licences }, now) =>
    licences.some(({ validUntil }) => validUntil === null || validUntil > now)
      ? null
      : 'No licence holds now or later: add one before submitting.',
};

/** The rules that a content does not meet at `now`, in the order of `QUALITY_RULES`. */
export function qualityFindings(facts: QualityFacts, now: Date): QualityFinding[] {
  return QUALITY_RULES.flatMap((rule) => {
    const message = checks[rule](facts, now);
    return message === null ? [] : [{ rule, message }];
  });
}

function shortestFor(language: string) {
  return DENSE_LANGUAGES.includes(language.split('-')[0] ?? '') ? SHORTEST.dense : SHORTEST.alphabetic;
}

function lengthOf(text: string): number {
  return [...text.trim()].length;
}
