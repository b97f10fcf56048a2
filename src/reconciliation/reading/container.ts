import { PassThrough, pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { bounded } from './bounded.ts';
import { peek } from './peek.ts';
import { SettlementFileError } from './settlement-file.errors.ts';
import type { SettlementProfile } from './settlement-profile.ts';
import { readZip } from './zip-entry.ts';

const GIBIBYTE = 1024 ** 3;
const CHUNK_BYTES = 128 * 1024;
const MAGIC_BYTES = 8;

/** What files begin with that are no text, with the rest of a sentence about them. */
const STRANGERS: readonly (readonly [magic: readonly number[], reason: string])[] = [
  [[0xff, 0xfe], 'is UTF-16. Save it as UTF-8.'],
  [[0xfe, 0xff], 'is UTF-16. Save it as UTF-8.'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is an old Excel workbook. Save it as CSV.'],
  [[0x25, 0x50, 0x44, 0x46], 'is a PDF, no table.'],
];
const ZIP = [0x50, 0x4b];
const GZIP = [0x1f, 0x8b];

/** The data file within what was given: itself, or what a ZIP or gzip file holds. Told by the first bytes, not the name. */
export async function* openContainer(
  source: AsyncIterable<Buffer>,
  { fileName, profile }: { readonly fileName: string; readonly profile: SettlementProfile },
): AsyncGenerator<Buffer> {
  const { head, bytes } = await peek(source, MAGIC_BYTES);
  const startsWith = (magic: readonly number[]) => magic.every((byte, at) => head[at] === byte);
  const stranger = STRANGERS.find(([magic]) => startsWith(magic));
  if (stranger) throw new SettlementFileError(fileName, stranger[1]);
  const rules = { fileName, maxBytes: GIBIBYTE, skipped: profile.skippedEntries, preferred: profile.preferredEntries };
  if (startsWith(ZIP)) yield* readZip(allowed('ZIP', bytes, { fileName, profile }), rules);
  else if (startsWith(GZIP)) yield* bounded(gunzipped(allowed('GZIP', bytes, { fileName, profile })), rules);
  else yield* bytes;
}

function allowed(
  container: 'ZIP' | 'GZIP',
  bytes: AsyncIterable<Buffer>,
  { fileName, profile }: { readonly fileName: string; readonly profile: SettlementProfile },
): AsyncIterable<Buffer> {
  if (profile.containers.includes(container)) return bytes;
  const name = container === 'ZIP' ? 'ZIP' : 'gzip';
  throw new SettlementFileError(fileName, `is a ${name} file, which ${profile.title} never is. Unpack it first.`);
}

/** The callback is there since a failure reaches the reader through the last stream. */
function gunzipped(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  return pipeline(Readable.from(bytes), createGunzip({ chunkSize: CHUNK_BYTES }), new PassThrough(), () => undefined);
}
