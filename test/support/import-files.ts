import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface ImportFiles extends AsyncDisposable {
  readonly folder: string;
  /** Writes a file, compressed when its name ends in `.gz`. @returns its path */
  write(name: string, content: string | Buffer): Promise<string>;
  /** Null when there is no such file. */
  read(name: string): Promise<string | null>;
}

/** A folder for the files of one test, gone with it. */
export async function importFiles(): Promise<ImportFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-import-'));
  return {
    folder,
    async write(name, content) {
      const path = join(folder, name);
      const isText = typeof content === 'string';
      await writeFile(path, name.endsWith('.gz') && isText ? gzipSync(content) : content);
      return path;
    },
    read: (name) => readFile(join(folder, name), 'utf8').catch(() => null),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Text in chunks of the given size, as a stream gives it. */
export async function* inChunks(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

/** Everything that a source of batches gives. */
export async function flatten<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}
