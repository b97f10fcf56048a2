import { IdRule, readLines, shown, wordsOf } from './dataset-text.ts';
import { DatasetError } from './evaluation.errors.ts';
import type { InteractionPairs, Vocabularies } from './interaction-file.reader.ts';

export interface TimedPairs extends InteractionPairs {
  /** When the learner chose the item; in any unit, later is greater. */
  readonly times: readonly number[];
}

const FORM = 'A line is a learner, an item, a rating and a time, separated by spaces or tabs.';

/**
 * Reads what learners rated and when, a line each. The rating is checked and not used. Plain or compressed by gzip.
 *
 * @throws DatasetError when the file cannot be read, holds no line, or has a line that is not of this form.
 */
export async function readTimedFile(path: string, vocabularies: Vocabularies): Promise<TimedPairs> {
  const ids = new IdRule(path, FORM);
  const pairs = { learners: [] as number[], items: [] as number[], times: [] as number[] };
  (await readLines(path)).forEach((text, position) => {
    const [learner, item, ...numbers] = wordsOf(text);
    if (learner === undefined) return;
    const line = position + 1;
    if (item === undefined || numbers.length !== 2) {
      throw new DatasetError(path, { line, reason: `the line has another form. ${FORM}` });
    }
    ids.check([learner, item], line);
    for (const word of numbers) {
      if (Number.isFinite(Number(word))) continue;
      throw new DatasetError(path, { line, reason: `${shown(word)} is no number. ${FORM}` });
    }
    pairs.learners.push(vocabularies.learners.indexOf(learner));
    pairs.items.push(vocabularies.items.indexOf(item));
    pairs.times.push(Number(numbers[1]));
  });
  if (pairs.items.length === 0) throw new DatasetError(path, { reason: 'there is no line in it.' });
  return pairs;
}
