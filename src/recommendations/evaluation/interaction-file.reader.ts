import { IdRule, readLines, shown, wordsOf } from './dataset-text.ts';
import { DatasetError } from './evaluation.errors.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Pairs as they stand in the file: learner `learners[e]` chose item `items[e]`, both numbered by a vocabulary. */
export interface InteractionPairs {
  readonly learners: readonly number[];
  readonly items: readonly number[];
}

export interface Vocabularies {
  readonly learners: Vocabulary;
  readonly items: Vocabulary;
}

export const INTERACTION_FORMATS = ['auto', 'lines', 'pairs'] as const;

/**
 * `lines`: a learner and all items of that line. `pairs`: a learner and one item, and up to two numbers behind them, such
 * as a rating and a time, which are not used. A file of two words a line is the same in both. `auto` takes a file for
 * pairs when each of its lines has three or four words between tabs, and else for lines.
 */
export type InteractionFormat = (typeof INTERACTION_FORMATS)[number];

const LINES_FORM = "A line is a learner's id, then item ids, separated by spaces.";
const PAIRS_FORM = "A line is a learner's id and an item id, then at most two numbers.";
const MAX_PAIR_WORDS = 4;

/**
 * Reads a file with a line for each learner, the id, then the ids of items, or a line for each pair; see
 * `InteractionFormat`. Words are separated by spaces or tabs. A learner may have several lines, or none but the id; empty
 * lines are skipped.
 *
 * @throws DatasetError when the file cannot be read, holds no interaction, or has a line that is not of this form.
 */
export async function readInteractionFile(
  path: string,
  vocabularies: Vocabularies,
  format: InteractionFormat = 'auto',
): Promise<InteractionPairs> {
  const lines = await readLines(path);
  const asPairs = format === 'pairs' || (format === 'auto' && looksLikePairs(lines));
  const ids = new IdRule(path, asPairs ? PAIRS_FORM : LINES_FORM);
  const pairs = { learners: [] as number[], items: [] as number[] };
  lines.forEach((text, position) => {
    const line = position + 1;
    const words = asPairs ? pairOf(wordsOf(text), { path, line }) : wordsOf(text);
    const [learner, ...items] = words;
    if (learner === undefined) return;
    ids.check(words, line);
    const row = vocabularies.learners.indexOf(learner);
    for (const item of items) {
      pairs.learners.push(row);
      pairs.items.push(vocabularies.items.indexOf(item));
    }
  });
  if (pairs.items.length === 0) throw new DatasetError(path, { reason: 'there is no learner with an item in it.' });
  return pairs;
}

function looksLikePairs(lines: readonly string[]): boolean {
  const written = lines.filter((line) => line.trim() !== '');
  return written.every((line) => /^[^\t]+(\t[^\t]+){2,3}$/.test(line.trim()));
}

function pairOf(words: string[], at: { path: string; line: number }): string[] {
  if (words.length === 0) return words;
  if (words.length === 1 || words.length > MAX_PAIR_WORDS) {
    const count = `${words.length} ${words.length === 1 ? 'word' : 'words'}`;
    throw new DatasetError(at.path, { line: at.line, reason: `the line has ${count}. ${PAIRS_FORM}` });
  }
  for (const word of words.slice(2)) {
    if (Number.isFinite(Number(word))) continue;
    throw new DatasetError(at.path, { line: at.line, reason: `${shown(word)} is no number. ${PAIRS_FORM}` });
  }
  return words.slice(0, 2);
}
