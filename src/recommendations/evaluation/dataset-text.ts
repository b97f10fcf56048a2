import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DatasetError } from './evaluation.errors.ts';

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const WHOLE_NUMBER = /^\d+$/;
/** An id is one word; these point at another format, such as CSV or JSON. */
const FOREIGN = /[\p{Cc}\uFFFD,;"'{}[\]]/u;

/**
 * The lines of a text file, plain or compressed by gzip, told apart by its first bytes. Files up to about 500 MB of text.
 *
 * @throws DatasetError when the file cannot be read.
 */
export async function readLines(path: string): Promise<string[]> {
  try {
    const bytes = await readFile(path);
    const packed = bytes.subarray(0, 2).equals(GZIP_MAGIC);
    return (packed ? await promisify(gunzip)(bytes) : bytes).toString('utf8').split('\n');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatasetError(path, { reason: `cannot be read (${reason}).` });
  }
}

/** The words of a line, between spaces or tabs; none for an empty line. */
export function wordsOf(line: string): string[] {
  const trimmed = line.trim();
  return trimmed === '' ? [] : trimmed.split(/[ \t]+/);
}

/** What the ids of one file look like: if those of its first line are all whole numbers, so must be the others. */
export class IdRule {
  readonly #path: string;
  readonly #form: string;
  #numeric: boolean | undefined;

  /** @param form What a line of the file should be, as a sentence. */
  constructor(path: string, form: string) {
    this.#path = path;
    this.#form = form;
  }

  /** @throws DatasetError that names the line of the first id that does not fit. */
  check(ids: readonly string[], line: number): void {
    this.#numeric ??= ids.every((id) => WHOLE_NUMBER.test(id));
    for (const id of ids) {
      const fits = this.#numeric ? WHOLE_NUMBER.test(id) : !FOREIGN.test(id);
      if (fits) continue;
      const expected = this.#numeric ? 'a whole number, as the ids of the first line are' : 'a single word';
      throw new DatasetError(this.#path, {
        line,
        reason: `${shown(id)} is no id: expected ${expected}. ${this.#form}`,
      });
    }
  }
}

/** A word of a file as a message shows it. */
export function shown(word: string): string {
  return JSON.stringify(word.length > 40 ? `${word.slice(0, 40)}...` : word);
}
