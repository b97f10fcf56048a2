import { IdRule, readLines, shown, wordsOf } from './dataset-text.ts';
import { DatasetError } from './evaluation.errors.ts';
import type { Vocabularies } from './interaction-file.reader.ts';

/** Ratings as they stand in the file: learner `users[r]` gave item `items[r]` the rating `values[r]`. */
export interface RatingLines {
  readonly users: readonly number[];
  readonly items: readonly number[];
  readonly values: readonly number[];
}

const FORM = 'A line is a learner, an item, a rating and perhaps a time, separated by spaces or tabs.';

/**
 * Reads a rating each line, plain or compressed by gzip. A time is checked and not used; empty lines are skipped.
 *
 * @throws DatasetError when the file cannot be read, holds no rating, or has a line that is not of this form.
 */
export async function readRatingFile(path: string, vocabularies: Vocabularies): Promise<RatingLines> {
  const ids = new IdRule(path, FORM);
  const ratings = { users: [] as number[], items: [] as number[], values: [] as number[] };
  (await readLines(path)).forEach((text, position) => {
    const [learner, item, ...numbers] = wordsOf(text);
    if (learner === undefined) return;
    const line = position + 1;
    if (item === undefined || numbers.length < 1 || numbers.length > 2) {
      throw new DatasetError(path, { line, reason: `the line has another form. ${FORM}` });
    }
    ids.check([learner, item], line);
    for (const word of numbers) {
      if (Number.isFinite(Number(word))) continue;
      throw new DatasetError(path, { line, reason: `${shown(word)} is no number. ${FORM}` });
    }
    ratings.users.push(vocabularies.learners.indexOf(learner));
    ratings.items.push(vocabularies.items.indexOf(item));
    ratings.values.push(Number(numbers[0]));
  });
  if (ratings.values.length === 0) throw new DatasetError(path, { reason: 'there is no rating in it.' });
  return ratings;
}
