import { editDistance } from '../math/text/index.ts';
import { stemOf } from '../shared/text/index.ts';
import { forgivenEdits, isChinese } from './term-keys.ts';
import type { KnownTerm, TermMatches } from './term-matches.queries.ts';

/** A term that a content may have in place of a word that somebody typed. */
export interface Alternative {
  /** Place of the word in the query. */
  readonly word: number;
  readonly term: string;
  /** What of it somebody sees as found: of a Chinese term that holds the word, the word. */
  readonly shown: string;
  /** How much it tells that a content has the word: more for words of few contents. */
  readonly weight: number;
  /** How surely the term is meant, in (0, 1]. */
  readonly certainty: number;
}

/** What to look for in the index. */
export interface SearchPlan {
  readonly alternatives: readonly Alternative[];
  /** The least weight of the words that a content must have. */
  readonly leastWeight: number;
}

const CERTAINTY = { exact: 1, stem: 0.9, beginning: 0.6, oneEdit: 0.5, twoEdits: 0.3, character: 0.3 };
/** Terms tried in place of one word. */
const MOST_ALTERNATIVES = 20;
/** A content must have words of this share of the weight of those that are known. */
const LEAST_SHARE = 0.5;

/**
 * What the words may mean, and how much each counts: idf(w) = ln(1 + (n - df + 1/2) / (df + 1/2)) as in BM25 (Robertson and
 * Zaragoza, 2009), with the contents that have the likeliest of its meanings for df. A word that nothing is like counts
 * for nothing: the others are looked for without it.
 */
export function planSearch(words: readonly string[], { contentCount, termsOfWord }: TermMatches): SearchPlan {
  const byWord = words.map((word, at) => {
    const meanings = (termsOfWord[at] ?? [])
      .map((known) => ({ known, certainty: certaintyOf(word, known) }))
      .filter(({ certainty }) => certainty > 0)
      .sort((a, b) => b.certainty - a.certainty || b.known.contentCount - a.known.contentCount)
      .slice(0, MOST_ALTERNATIVES);
    const df = meanings[0]?.known.contentCount ?? 0;
    const weight = Math.log(1 + (Math.max(contentCount, df) - df + 0.5) / (df + 0.5));
    return meanings.map(({ known: { term }, certainty }) => {
      const shown = isChinese(word) && term.includes(word) ? word : term;
      return { word: at, term, shown, weight, certainty };
    });
  });
  const known = byWord.reduce((sum, alternatives) => sum + (alternatives[0]?.weight ?? 0), 0);
  // A little less, so that rounding keeps no content out that has just enough.
  return { alternatives: byWord.flat(), leastWeight: LEAST_SHARE * known * (1 - 1e-9) };
}

/** How surely somebody who typed the word means the term; 0 when they do not. */
function certaintyOf(word: string, { term, stem }: KnownTerm): number {
  if (term === word) return CERTAINTY.exact;
  if (stem === stemOf(word)) return CERTAINTY.stem;
  if (term.startsWith(word)) return CERTAINTY.beginning;
  const edits = editDistance(word, term, forgivenEdits(word));
  if (edits <= forgivenEdits(word)) return edits === 1 ? CERTAINTY.oneEdit : CERTAINTY.twoEdits;
  return isChinese(word) && Array.from(word).length === 1 && term.includes(word) ? CERTAINTY.character : 0;
}
