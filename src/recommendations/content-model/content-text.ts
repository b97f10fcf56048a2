import { termsOf } from '../../shared/text/index.ts';

/** What is told of a content, in words. */
export interface ContentText {
  readonly title: string;
  readonly description: string;
  readonly authors: readonly string[];
  readonly keywords: readonly string[];
  /** Names of those who supply it: schools, publishers. */
  readonly partners: readonly string[];
}

export const TEXT_FIELDS = ['title', 'description', 'authors', 'keywords', 'partners'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** The terms of one field. A person and a partner is one term: people who share half of a name share nothing. */
export function termsOfField(text: ContentText, field: TextField): readonly string[] {
  if (field === 'authors' || field === 'partners') return text[field];
  return field === 'keywords' ? termsOf(text.keywords.join('\n')) : termsOf(text[field]);
}
