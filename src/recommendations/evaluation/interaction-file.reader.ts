import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
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

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const WHOLE_NUMBER = /^\d+$/;
/** An id is one word; these point at another format, such as CSV or JSON. */
const FOREIGN = /[\p{Cc}\uFFFD,;"'{}[\]]/u;

/**
 * Reads a file with a line for each learner: the id, then the ids of items, separated by spaces or tabs. Plain or
 * compressed by gzip, told apart by its first bytes. A learner may have several lines, or none but the id; empty lines
 * are skipped. If the first line is all whole numbers, so must be the others. Files up to about 500 MB of text.
 *
 * @throws DatasetError when the file cannot be read, holds no interaction, or has a line that is not of this form.
 */
export async function readInteractionFile(path: string, vocabularies: Vocabularies): Promise<InteractionPairs> {
  const lines = (await readText(path)).split('\n');
  const pairs = { learners: [] as number[], items: [] as number[] };
  let numeric: boolean | undefined;
  lines.forEach((line, position) => {
    const ids = line.trim().split(/[ \t]+/);
    if (ids[0] === '') return;
    numeric ??= ids.every((id) => WHOLE_NUMBER.test(id));
    checkIds(ids, { numeric, path, line: position + 1 });
    const [learner = '', ...items] = ids;
    const row = vocabularies.learners.indexOf(learner);
    for (const item of items) {
      pairs.learners.push(row);
      pairs.items.push(vocabularies.items.indexOf(item));
    }
  });
  if (pairs.items.length === 0) throw new DatasetError(path, { reason: 'there is no learner with an item in it.' });
  return pairs;
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    const packed = bytes.subarray(0, 2).equals(GZIP_MAGIC);
    return (packed ? await promisify(gunzip)(bytes) : bytes).toString('utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatasetError(path, { reason: `cannot be read (${reason}).` });
  }
}

function checkIds(ids: readonly string[], at: { numeric: boolean; path: string; line: number }): void {
  for (const id of ids) {
    const fits = at.numeric ? WHOLE_NUMBER.test(id) : !FOREIGN.test(id);
    if (fits) continue;
    const expected = at.numeric ? 'a whole number, as the ids of the first line are' : 'a single word';
    const shown = JSON.stringify(id.length > 40 ? `${id.slice(0, 40)}...` : id);
    throw new DatasetError(at.path, {
      line: at.line,
      reason: `${shown} is no id: expected ${expected}. A line is a learner's id, then item ids, separated by spaces.`,
    });
  }
}
