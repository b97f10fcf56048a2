/** One line of a file, without its line break. */
export interface TextLine {
  /** From 1. */
  readonly number: number;
  /** Only the beginning where the line is at fault. */
  readonly text: string;
  /** Why it cannot be read, as the rest of a sentence that begins with the line; null when it can. */
  readonly fault: string | null;
}

export type Encoding = 'utf-8' | 'gb18030';

/** Longest line that is read: the longest line of a provider has a few thousand. */
export const MAX_LINE_BYTES = 256 * 1024;

/** Small enough that what is made of a piece dies young: larger ones took a hundred megabytes more, and no less time. */
const PIECE_BYTES = 16 * 1024;
const LINE_FEED = 0x0a;
const SHOWN_BYTES = 200;
const TOO_LONG = `is longer than ${MAX_LINE_BYTES / 1024} KiB`;

/**
 * Cuts bytes into lines at LF or CRLF, a batch for every piece of the file. Neither UTF-8 nor GB 18030 uses the byte of a line feed
 * within a character, hence lines are cut before they are decoded and a wrong byte spoils its own line only. A line past
 * the bound is let go of while it is read, so that memory stays bounded.
 */
export async function* readTextLines(
  bytes: AsyncIterable<Buffer>,
  encoding: Encoding,
): AsyncGenerator<readonly TextLine[]> {
  const decoder = new LineDecoder(encoding);
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const piece of pieces(bytes)) {
    const end = piece.lastIndexOf(LINE_FEED);
    if (end !== -1) {
      yield decoder.decode(joined(rest, piece.subarray(0, end)), restBytes);
      rest = [];
      restBytes = 0;
    }
    const more = piece.subarray(end + 1);
    restBytes += more.length;
    // One byte more than allowed is kept: it tells that the line was too long.
    if (more.length > 0 && restBytes - more.length <= MAX_LINE_BYTES) rest.push(more.subarray(0, MAX_LINE_BYTES + 1));
  }
  if (restBytes > 0) yield decoder.decode(joined(rest, Buffer.alloc(0)), restBytes);
}

async function* pieces(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) yield chunk.subarray(from, from + PIECE_BYTES);
  }
}

function joined(rest: readonly Buffer[], more: Buffer): Buffer {
  return rest.length === 0 ? more : Buffer.concat([...rest, more]);
}

class LineDecoder {
  readonly #encoding: Encoding;
  readonly #strict: InstanceType<typeof TextDecoder>;
  #number = 0;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
    this.#strict = new TextDecoder(encoding, { fatal: true });
  }

  /** @param block whole lines @param firstBytes how much of the first one came earlier, dropped parts included */
  decode(block: Buffer, firstBytes: number): TextLine[] {
    const text = firstBytes > MAX_LINE_BYTES ? null : this.#decoded(block);
    if (text === null) return this.#oneByOne(block, firstBytes);
    const lines: TextLine[] = [];
    for (const line of text.split('\n')) lines.push(this.#lineOf(line));
    return lines;
  }

  #lineOf(line: string): TextLine {
    const number = ++this.#number;
    if (line.length > MAX_LINE_BYTES) return { number, text: line.slice(0, SHOWN_BYTES), fault: TOO_LONG };
    return { number, text: line.endsWith('\r') ? line.slice(0, -1) : line, fault: null };
  }

  #oneByOne(block: Buffer, firstBytes: number): TextLine[] {
    const lines: TextLine[] = [];
    for (let start = 0; start <= block.length; ) {
      const feed = block.indexOf(LINE_FEED, start);
      const end = feed === -1 ? block.length : feed;
      const line = block.subarray(start, end);
      const isTooLong = line.length > MAX_LINE_BYTES || (start === 0 && firstBytes > MAX_LINE_BYTES);
      const text = isTooLong ? null : this.#decoded(line);
      const fault = isTooLong ? TOO_LONG : `holds bytes that are not ${this.#encoding.toUpperCase()}`;
      if (text === null) lines.push({ number: ++this.#number, text: beginningOf(line), fault });
      else lines.push(this.#lineOf(text));
      start = end + 1;
    }
    return lines;
  }

  #decoded(bytes: Buffer): string | null {
    try {
      return this.#strict.decode(bytes);
    } catch {
      return null;
    }
  }
}

function beginningOf(bytes: Buffer): string {
  return bytes.subarray(0, SHOWN_BYTES).toString('latin1');
}
