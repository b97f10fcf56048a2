import type { ColumnSet } from './column-set.ts';
import { describeMisfit, matchLayout, nextHeaderRow, rowsOf } from './header.ts';
import { type Peeked, peek } from './peek.ts';
import type { Row } from './row-frame.ts';
import { SettlementFileError } from './settlement-file.errors.ts';
import type { SettlementProfile } from './settlement-profile.ts';
import { type Encoding, MAX_LINE_BYTES, readTextLines } from './text-lines.ts';

/** A file whose header was found. */
export interface OpenTable {
  readonly encoding: Encoding;
  readonly columns: ColumnSet;
  /** Line of the header. */
  readonly headerLine: number;
  /** From the first byte. */
  readonly bytes: AsyncIterable<Buffer>;
}

type HeaderRow = Exclude<Row, { form: 'COMMENT' }>;

/** More than any line may have: a header without end is known by its length. */
const HEAD_BYTES = MAX_LINE_BYTES + 1;

/**
 * Finds encoding and layout by the header: the first encoding of the profile in which the beginning of the file has one
 * that fits.
 *
 * @throws SettlementFileError naming the line that should be the header and what it lacks
 */
export async function openTable(
  source: AsyncIterable<Buffer>,
  { fileName, profile }: { readonly fileName: string; readonly profile: SettlementProfile },
): Promise<OpenTable> {
  const peeked = await peek(source, HEAD_BYTES);
  if (peeked.head.length === 0) throw new SettlementFileError(fileName, 'is empty: it has no header.');
  let nearest: HeaderRow | undefined;
  for (const encoding of profile.encodings) {
    const row = await headerRowOf(peeked, { profile, encoding });
    const columns = row?.form === 'CELLS' ? matchLayout(profile, row.cells) : null;
    if (row && columns) return { encoding, columns, headerLine: row.line, bytes: peeked.bytes };
    if (!nearest || nearest.form === 'FAULT') nearest = row ?? nearest;
  }
  if (!nearest) throw new SettlementFileError(fileName, `has no header of ${profile.title}.`);
  const reason = nearest.form === 'FAULT' ? nearest.fault : describeMisfit(profile, nearest.cells);
  throw new SettlementFileError(fileName, `${reason}.`, nearest.line);
}

async function headerRowOf(
  { head, isWhole }: Peeked,
  { profile, encoding }: { profile: SettlementProfile; encoding: Encoding },
): Promise<HeaderRow | undefined> {
  const rows = rowsOf(profile);
  // Lines that the head cuts off are not looked at; a header is far shorter.
  const end = isWhole ? head.length : head.lastIndexOf(0x0a) + 1 || head.length;
  for await (const lines of readTextLines(once(head.subarray(0, end)), encoding)) rows.push(lines);
  return nextHeaderRow(rows, true);
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
