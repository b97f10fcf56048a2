import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { stemOf } from '../shared/text/index.ts';
import { lookupKeysOf } from './term-keys.ts';

/** A term of the index that a typed word may mean. */
export interface KnownTerm {
  readonly term: string;
  readonly stem: string;
  /** Contents that have it, from 1. */
  readonly contentCount: number;
}

export interface TermMatches {
  /** Contents in the index, whether they are on offer or not. */
  readonly contentCount: number;
  /** By the place of the typed word in the query. */
  readonly termsOfWord: readonly (readonly KnownTerm[])[];
}

/** Terms looked at for one word and way of finding, those of most contents first. */
const MOST = { stem: 10, beginning: 10, key: 200 };
/** A shorter beginning of a word in letters says too little. */
const SHORTEST_BEGINNING = 2;
const LAST_CHARACTER = '\u{10ffff}';

/** The terms of the index that the words may mean: themselves, their stems, longer words, words written a little otherwise. */
export async function findTermMatches(database: Database, words: readonly string[]): Promise<TermMatches> {
  const asked = words.map((word, place) => ({
    place,
    word,
    stem: stemOf(word),
    before: beginsLonger(word) ? `${word}${LAST_CHARACTER}` : word,
    keys: lookupKeysOf(word),
  }));
  const { rows } = await sql<KnownTerm & { place: number; indexed: number }>`
    with asked as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
        as one (place int, word text, stem text, before text, keys text[]))
    select distinct asked.place, found.term, found.stem, found.content_count as "contentCount",
      (select count(*)::int from content_search) as indexed
    from asked cross join lateral (
      (select * from search_terms where search_terms.stem = asked.stem and content_count > 0
       order by term = asked.word desc, content_count desc, term limit ${MOST.stem})
      union all
      (select * from search_terms
       where search_terms.term >= asked.word collate "C" and search_terms.term < asked.before collate "C"
         and content_count > 0
       order by content_count desc, term limit ${MOST.beginning})
      union all
      (select * from search_terms where search_terms.keys && asked.keys and content_count > 0
       order by content_count desc, term limit ${MOST.key})) found
    order by asked.place, found.term
  `.execute(database.read());
  const termsOfWord = words.map((_, place) => rows.filter((row) => row.place === place));
  return { contentCount: rows[0]?.indexed ?? 0, termsOfWord };
}

function beginsLonger(word: string): boolean {
  return word.length >= SHORTEST_BEGINNING;
}
