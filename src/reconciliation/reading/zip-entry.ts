import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { bounded } from './bounded.ts';
import { SettlementFileError } from './settlement-file.errors.ts';

export interface ZipRules {
  readonly fileName: string;
  /** Names that hold one of these are no data. */
  readonly skipped: readonly string[];
  /** Of several data files, the only one whose name holds one of these is meant. */
  readonly preferred: readonly string[];
  /** Most bytes, packed as well as unpacked. */
  readonly maxBytes: number;
}

/** Text hardly packs better than this; what does was made to fill a disk or a memory. */
const MAX_RATIO = 300;
const SMALL_BYTES = 16 * 1024 * 1024;
const MAX_ENTRIES = 100;
const UTF8_NAME = 0x800;

/**
 * The one data file of a ZIP. The directory of a ZIP stands at its end: the bytes are kept in a temporary file as long as
 * they are read.
 *
 * @throws SettlementFileError when it is no ZIP, is locked, unpacks to more than it may, or has another number of files
 */
export async function* readZip(bytes: AsyncIterable<Buffer>, rules: ZipRules): AsyncGenerator<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-zip-'));
  try {
    const path = join(folder, 'file.zip');
    await pipeline(Readable.from(bounded(bytes, rules)), createWriteStream(path));
    const zip = await openPromise(path, { decodeStrings: false, autoClose: false });
    try {
      const entry = await dataEntryOf(zip, rules);
      yield* bounded(await zip.openReadStreamPromise(entry), rules);
    } finally {
      zip.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function dataEntryOf(zip: ZipFile, { fileName, skipped, preferred, maxBytes }: ZipRules): Promise<Entry> {
  const refuse = (reason: string): never => {
    throw new SettlementFileError(fileName, reason);
  };
  if (zip.entryCount > MAX_ENTRIES) refuse(`is a ZIP of ${zip.entryCount} files; it must hold one.`);
  const found: { entry: Entry; name: string }[] = [];
  for await (const entry of zip.eachEntry()) {
    const name = nameOf(entry);
    if (name === '[Content_Types].xml') refuse('is an Excel workbook. Save it as CSV.');
    const isData = !name.endsWith('/') && !name.startsWith('__MACOSX/') && !skipped.some((part) => name.includes(part));
    if (isData) found.push({ entry, name });
  }
  const meant = found.filter(({ name }) => preferred.some((part) => name.includes(part)));
  const [first] = meant.length === 1 ? meant : found;
  if (!first || (found.length > 1 && meant.length !== 1)) {
    const names = found.map(({ name }) => JSON.stringify(name.slice(0, 60))).join(', ');
    return refuse(
      first ? `is a ZIP of ${found.length} data files (${names}); it must hold one.` : 'is a ZIP without a data file.',
    );
  }
  const { uncompressedSize, compressedSize } = first.entry;
  const isBomb = uncompressedSize > SMALL_BYTES && uncompressedSize > compressedSize * MAX_RATIO;
  if (isBomb || uncompressedSize > maxBytes) refuse(`unpacks to ${uncompressedSize} bytes, which is too much.`);
  if (first.entry.isEncrypted()) refuse('is a ZIP that is locked by a password.');
  return first.entry;
}

/** Alipay names its files in GBK and does not say so. */
function nameOf(entry: Entry): string {
  const raw = Buffer.from(entry.fileNameRaw);
  if ((entry.generalPurposeBitFlag & UTF8_NAME) !== 0) return raw.toString('utf8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}
