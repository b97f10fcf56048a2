/** One record of a file, its cells by column name. A cell is text in CSV and any JSON value in JSONL. */
export interface SourceRecord {
  /** Number of the line on which the record begins, from 1. */
  readonly line: number;
  /** The record as it stands in the file. */
  readonly raw: string;
  readonly cells: Readonly<Record<string, unknown>>;
}

/** A place in a file that holds no record. */
export interface UnreadableRecord {
  readonly line: number;
  readonly raw: string;
  /** Why not, as the rest of a sentence that begins with what is wrong. */
  readonly reason: string;
}

export type SourceItem = SourceRecord | UnreadableRecord;

/** Records of a file in their order, read as they are asked for, so that memory does not grow with the file. */
export interface RecordSource {
  /** @throws ImportFileError when the file as a whole is not what its name says */
  batches(): AsyncIterable<readonly SourceItem[]>;
  /** Share of the file read so far, 0 to 1. */
  fractionRead(): number;
}

/** Longest record that is read; a longer one is refused without being held in memory. */
export const MAX_RECORD_CHARS = 256 * 1024;

/** How much of a refused record is shown. */
export const MAX_RAW_CHARS = 2_000;

export function shortened(raw: string): string {
  return raw.length <= MAX_RAW_CHARS ? raw : `${raw.slice(0, MAX_RAW_CHARS)}…`;
}

/** Decoding puts U+FFFD where the bytes were no UTF-8; PostgreSQL stores no U+0000. */
const NOT_TEXT = /[\uFFFD\0]/;
export const NOT_UTF8 = 'holds bytes that are not UTF-8 text';

export function isText(raw: string): boolean {
  return !NOT_TEXT.test(raw);
}
