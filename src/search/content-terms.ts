import { chineseRunsOf, wordsOf } from '../shared/text/index.ts';

/** What a content is found by. */
export interface SearchableTexts {
  readonly title: string;
  readonly authors: readonly string[];
  readonly keywords: readonly string[];
  readonly partnerName: string;
  readonly description: string;
}

/** As PostgreSQL names the weights of a `tsvector`, the heaviest first: title, then author and keyword, partner, description. */
type Weight = 'A' | 'B' | 'C' | 'D';

/** A run of Chinese up to this long is also one term: names, and short titles that somebody mistypes. */
const LONGEST_RUN = 12;
/** PostgreSQL knows no place of a word beyond this one. */
const LAST_PLACE = 16_383;
/** More places of one word in one field change its rank no more. */
const MOST_PLACES = 8;

/**
 * The terms of a content as the text of a `tsvector`: each word with its places in the content, and at each the weight
 * of the field. Empty for a content without a word.
 */
export function tsvectorOf(texts: SearchableTexts): string {
  const places = new Map<string, { weight: Weight; place: number }[]>();
  let place = 0;
  const add = (weight: Weight, words: readonly string[]) => {
    for (const word of words) {
      const known = places.get(word) ?? [];
      place = Math.min(place + 1, LAST_PLACE);
      if (known.filter((one) => one.weight === weight).length < MOST_PLACES) known.push({ weight, place });
      places.set(word, known);
    }
  };
  add('A', searchTermsOf(texts.title));
  add('B', [...texts.authors, ...texts.keywords].flatMap(searchTermsOf));
  add('C', searchTermsOf(texts.partnerName));
  add('D', wordsOf(texts.description));
  return Array.from(places, ([word, at]) => `${quoted(word)}:${at.map(placed).join(',')}`).join(' ');
}

/** The terms of a short text: its words, and whole runs of Chinese beside the words in them. Each once. */
export function searchTermsOf(text: string): string[] {
  const runs = chineseRunsOf(text).filter((run) => run.length > 1 && run.length <= LONGEST_RUN);
  return [...new Set([...wordsOf(text), ...runs])];
}

/** The word as a lexeme in the text of a `tsvector` or a `tsquery`. */
export function quoted(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

function placed({ weight, place }: { weight: Weight; place: number }): string {
  return `${place}${weight}`;
}
