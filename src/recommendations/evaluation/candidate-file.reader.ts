import type { CandidateCases } from '../../math/evaluation/index.ts';
import { IdRule, readLines, wordsOf } from './dataset-text.ts';
import { DatasetError } from './evaluation.errors.ts';
import type { Vocabularies } from './interaction-file.reader.ts';

const FORM = 'A line is a learner, a tab, the item chosen, a tab, and the items not chosen, separated by spaces.';

/**
 * Reads rankings to judge, a line each: learner, one item that the learner chose, and items that the learner did not
 * choose. Plain or compressed by gzip; empty lines are skipped.
 *
 * @throws DatasetError when the file cannot be read, holds no line, or has a line that is not of this form.
 */
export async function readCandidateFile(path: string, vocabularies: Vocabularies): Promise<CandidateCases> {
  const ids = new IdRule(path, FORM);
  const users: number[] = [];
  const positives: number[] = [];
  const negatives: Int32Array[] = [];
  (await readLines(path)).forEach((text, position) => {
    if (text.trim() === '') return;
    const line = position + 1;
    const [learner = '', positive = '', ...others] = fieldsOf(text, { path, line });
    ids.check([learner, positive, ...others], line);
    if (others.includes(positive)) {
      throw new DatasetError(path, { line, reason: `the item chosen, ${positive}, stands among those not chosen.` });
    }
    users.push(vocabularies.learners.indexOf(learner));
    positives.push(vocabularies.items.indexOf(positive));
    negatives.push(Int32Array.from(others, (item) => vocabularies.items.indexOf(item)));
  });
  if (users.length === 0) throw new DatasetError(path, { reason: 'there is no line in it.' });
  return { users: Int32Array.from(users), positives: Int32Array.from(positives), negatives };
}

function fieldsOf(text: string, at: { path: string; line: number }): string[] {
  const fields = text.split('\t').map(wordsOf);
  const [learner, positive, negatives = []] = fields;
  if (fields.length !== 3 || learner?.length !== 1 || positive?.length !== 1 || negatives.length === 0) {
    throw new DatasetError(at.path, { line: at.line, reason: `the line has another form. ${FORM}` });
  }
  return fields.flat();
}
