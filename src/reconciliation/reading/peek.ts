/** The beginning of a stream, and the whole of it still to be read. */
export interface Peeked {
  readonly head: Buffer;
  /** Whether the head is everything. */
  readonly isWhole: boolean;
  readonly bytes: AsyncIterable<Buffer>;
}

/** Reads the first bytes of a stream and puts them back. @param size bytes to see, unless the stream has fewer */
export async function peek(source: AsyncIterable<Buffer>, size: number): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let count = 0;
  let isWhole = false;
  while (count < size && !isWhole) {
    const { value, done } = await iterator.next();
    isWhole = done === true;
    if (value === undefined || isWhole) break;
    const chunk = Buffer.from(value);
    first.push(chunk);
    count += chunk.length;
  }
  return { head: Buffer.concat(first), isWhole, bytes: { [Symbol.asyncIterator]: () => resumed(first, iterator) } };
}

async function* resumed(first: readonly Buffer[], iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* first;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}
