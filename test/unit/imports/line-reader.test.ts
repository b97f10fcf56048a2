import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../../src/imports/sources/line-reader.ts';
import { MAX_RECORD_CHARS } from '../../../src/imports/sources/record-source.ts';
import { flatten, inChunks } from '../../support/import-files.ts';

const linesOf = async (text: string, chunkSize = 7) => flatten(readLines(inChunks(text, chunkSize)));

describe('reading lines', () => {
  it('numbers lines from 1 and drops their breaks, LF or CRLF', async () => {
    const lines = await linesOf('a\r\nb\n\nc');
    expect(lines.map(({ number, text }) => [number, text])).toEqual([
      [1, 'a'],
      [2, 'b'],
      [3, ''],
      [4, 'c'],
    ]);
  });

  it('sees no line after the last break, and none in an empty file', async () => {
    expect(await linesOf('a\n')).toHaveLength(1);
    expect(await linesOf('')).toEqual([]);
  });

  it('gives the same lines however the text is cut into chunks', async () => {
    const text = fc.array(fc.stringMatching(/^[a-z中文"]{0,9}$/)).map((lines) => lines.join('\r\n'));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 12 }), async (content, chunkSize) => {
        expect(await linesOf(content, chunkSize)).toEqual(await linesOf(content, 1_000_000));
      }),
    );
  });

  it('marks a line that is too long, keeps only its beginning, and goes on with the next', async () => {
    const text = `first\n${'x'.repeat(MAX_RECORD_CHARS * 3)}\nlast`;
    const [first, long, last] = await linesOf(text, 50_000);
    expect(first).toEqual({ number: 1, text: 'first', tooLong: false });
    expect(long?.tooLong).toBe(true);
    expect(long?.text.length).toBe(MAX_RECORD_CHARS + 1);
    expect(last).toEqual({ number: 3, text: 'last', tooLong: false });
  });

  it('takes a line of exactly the greatest length', async () => {
    const [line] = await linesOf(`${'x'.repeat(MAX_RECORD_CHARS)}\r\n`, 60_000);
    expect(line?.tooLong).toBe(false);
  });
});
