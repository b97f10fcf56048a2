import { expect, it } from 'vitest';
import { jsonlSource } from '../../../src/imports/sources/jsonl.source.ts';
import { flatten, inChunks } from '../../support/import-files.ts';

const read = (text: string) =>
  flatten(jsonlSource({ path: 'x.jsonl', chunks: () => inChunks(text, 5), fractionRead: () => 1 }).batches());

it('gives an object a line, and refuses lines that are none by their number', async () => {
  const items = await read('{"a":1}\n\n{"a":\r\n[1]\nnull\n{"a":"\uFFFD"}\n{"a":["\\n中"]}');
  expect(items).toEqual([
    { line: 1, raw: '{"a":1}', cells: { a: 1 } },
    { line: 3, raw: '{"a":', reason: 'is not JSON' },
    { line: 4, raw: '[1]', reason: 'is JSON but no object' },
    { line: 5, raw: 'null', reason: 'is JSON but no object' },
    { line: 6, raw: '{"a":"\uFFFD"}', reason: 'holds bytes that are not UTF-8 text' },
    { line: 7, raw: '{"a":["\\n中"]}', cells: { a: ['\n中'] } },
  ]);
});
