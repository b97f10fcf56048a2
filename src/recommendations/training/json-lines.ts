const NEWLINE = 10;

/** The values of lines of JSON, one at a time, so that no more than one is held as text. */
export function* parseJsonLines(bytes: Uint8Array): Generator<unknown> {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let from = 0; from < lines.length; ) {
    const end = lines.indexOf(NEWLINE, from);
    const to = end < 0 ? lines.length : end;
    yield JSON.parse(lines.toString('utf8', from, to));
    from = to + 1;
  }
}
