import { constants } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ImportFileError } from './import.errors.ts';
import type { Refusal } from './refusals.ts';

/**
 * Where the refused records of a file go: `<file>.errors.csv` beside it, or in the working directory when that folder
 * cannot be written to.
 */
export async function defaultErrorPath(source: string): Promise<string> {
  const beside = `${source}.errors.csv`;
  const writable = await access(dirname(beside), constants.W_OK).then(
    () => true,
    () => false,
  );
  return writable ? beside : join(process.cwd(), basename(beside));
}

const MAX_FIRST = 5;

/**
 * Writes refused records under a temporary name. The file gets its own name by `keep`, once the records that were not
 * refused are safe; nothing of it is left after `discard`.
 */
export class ErrorFile {
  readonly path: string;
  readonly #draft: string;
  readonly #first: Refusal[] = [];
  #records = 0;

  constructor(path: string) {
    this.path = path;
    this.#draft = `${path}.part`;
  }

  get records(): number {
    return this.#records;
  }

  /** The first few refused records, for telling whoever waits. */
  get first(): readonly Refusal[] {
    return this.#first;
  }

  /** @throws ImportFileError when the file cannot be written */
  async write(pages: AsyncIterable<readonly Refusal[]>): Promise<void> {
    try {
      const file = await open(this.#draft, 'w');
      try {
        await file.write('line,column,reason,raw\n');
        for await (const page of pages) {
          await file.write(page.map(toCsv).join(''));
          this.#records += page.length;
          this.#first.push(...page.slice(0, MAX_FIRST - this.#first.length));
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      await this.discard();
      if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
      throw new ImportFileError(this.path, `cannot be written: ${(error as Error).message}. Give --errors.`);
    }
  }

  /** Puts the file in the place of one of an earlier run; when nothing was refused there is none any more. */
  async keep(): Promise<void> {
    if (this.#records > 0) await rename(this.#draft, this.path);
    else await rm(this.path, { force: true });
  }

  async discard(): Promise<void> {
    await rm(this.#draft, { force: true });
  }
}

function toCsv({ line, column, reason, raw }: Refusal): string {
  return `${[String(line), column ?? '', reason, raw].map(csvField).join(',')}\n`;
}

function csvField(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
