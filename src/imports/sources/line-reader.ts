import { MAX_RECORD_CHARS } from './record-source.ts';

export interface Line {
  /** From 1. */
  readonly number: number;
  /** Without its line break; of a line that is too long only the beginning. */
  readonly text: string;
  readonly tooLong: boolean;
}

export const TOO_LONG = `is longer than ${MAX_RECORD_CHARS} characters`;

/**
 * Cuts text into lines at LF or CRLF, a batch for every chunk. What follows the last line break is a line unless it is
 * empty. A line without end is let go of past the bound, so that memory stays bounded too.
 */
export async function* readLines(chunks: AsyncIterable<string>): AsyncGenerator<readonly Line[]> {
  let rest = '';
  let number = 0;
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      number++;
      lines.push(lineOf(number, bounded(rest, chunk.slice(start, end))));
      rest = '';
      start = end + 1;
    }
    rest = bounded(rest, chunk.slice(start));
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [lineOf(number + 1, rest)];
}

/** One character more than allowed is kept: it tells that the line was too long. */
function bounded(rest: string, more: string): string {
  if (rest.length > MAX_RECORD_CHARS) return rest;
  const joined = rest === '' ? more : rest + more;
  return joined.length > MAX_RECORD_CHARS ? joined.slice(0, MAX_RECORD_CHARS + 1) : joined;
}

function lineOf(number: number, text: string): Line {
  const bare = text.endsWith('\r') ? text.slice(0, -1) : text;
  return { number, text: bare, tooLong: bare.length > MAX_RECORD_CHARS };
}
