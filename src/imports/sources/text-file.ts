import { createReadStream, type ReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ImportFileError } from '../import.errors.ts';

/** A text file, plain or compressed, as a stream of text. */
export interface TextFile {
  readonly path: string;
  /** UTF-8 text without its byte order mark. Can be read once. @throws ImportFileError when reading fails half-way */
  chunks(): AsyncIterable<string>;
  /** Share of the file's bytes read so far, 0 to 1. */
  fractionRead(): number;
}

const CHUNK_BYTES = 128 * 1024;
const GZIP = [0x1f, 0x8b];
const UTF16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

export interface TextFileOptions {
  /** Bytes that are no UTF-8 fail the reading; otherwise they become U+FFFD. */
  readonly isStrict?: boolean;
}

/**
 * Looks at a file without reading it through. Compression is told by the first bytes, not by the name.
 *
 * @throws ImportFileError when it is missing, no file, not readable, UTF-16, or named `.gz` without being gzip.
 */
export async function openTextFile(path: string, { isStrict = false }: TextFileOptions = {}): Promise<TextFile> {
  const { sizeBytes, head } = await inspect(path);
  const startsWith = (magic: readonly number[]) => magic.every((byte, at) => head[at] === byte);
  const packed = startsWith(GZIP);
  if (path.endsWith('.gz') && !packed) throw new ImportFileError(path, 'is named .gz but is no gzip file.');
  if (UTF16.some(startsWith)) throw new ImportFileError(path, 'is UTF-16. Save it as UTF-8.');
  let stream: ReadStream | undefined;
  return {
    path,
    fractionRead: () => (sizeBytes === 0 || stream === undefined ? 0 : Math.min(1, stream.bytesRead / sizeBytes)),
    chunks() {
      stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
      return decode(packed ? unpack(stream) : stream, { path, isStrict });
    },
  };
}

async function inspect(path: string): Promise<{ sizeBytes: number; head: Buffer }> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(path);
    const stats = await handle.stat();
    if (!stats.isFile()) throw new ImportFileError(path, stats.isDirectory() ? 'is a folder, no file.' : 'is no file.');
    const head = Buffer.alloc(2);
    await handle.read(head, 0, 2, 0);
    return { sizeBytes: stats.size, head };
  } catch (error) {
    throw unusable(path, error);
  } finally {
    await handle?.close();
  }
}

/** The callback is there since a failure reaches the reader through the last stream. */
function unpack(stream: ReadStream): AsyncIterable<Buffer> {
  return pipeline(stream, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined);
}

async function* decode(
  bytes: AsyncIterable<Buffer>,
  { path, isStrict }: { path: string; isStrict: boolean },
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: isStrict });
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, error: unknown): ImportFileError {
  if (error instanceof ImportFileError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new ImportFileError(path, 'does not exist.');
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return new ImportFileError(path, 'is not UTF-8.');
  if (code === 'EACCES') return new ImportFileError(path, 'may not be read by this user.');
  return new ImportFileError(path, `cannot be read to its end (${message}).`);
}
