import { requireText } from '../shared/input.ts';
import { foldText } from '../shared/text/index.ts';
import { searchTermsOf } from './content-terms.ts';

/** What somebody looks for. */
export interface SearchText {
  /** The whole text, folded. */
  readonly folded: string;
  /** The words that count, distinct; none when the text holds but punctuation and words that stand in every text. */
  readonly words: readonly string[];
}

const MAX_LENGTH = 200;
/** Beyond these a search is a text of its own; each costs look-ups in the index. */
const MOST_WORDS = 16;

/** @throws InvalidInputError naming `query` when it is blank, too long or holds what cannot be printed */
export function readSearchText(query: string): SearchText {
  const text = requireText('query', query, { maxLength: MAX_LENGTH });
  return { folded: foldText(text), words: searchTermsOf(text).slice(0, MOST_WORDS) };
}
