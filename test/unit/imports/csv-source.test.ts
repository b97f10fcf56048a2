import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvSource } from '../../../src/imports/sources/csv.source.ts';
import { MAX_RECORD_CHARS } from '../../../src/imports/sources/record-source.ts';
import { flatten, inChunks } from '../../support/import-files.ts';

const RULES = { known: ['id', 'name', 'note'], required: ['id', 'name'] };

function read(text: string, chunkSize = 11) {
  const file = { path: 'things.csv', chunks: () => inChunks(text, chunkSize), fractionRead: () => 1 };
  return flatten(csvSource(file, RULES).batches());
}

const HEADER = 'id,name,note\n';
const good = (line: number, id: string) => expect.objectContaining({ line, cells: expect.objectContaining({ id }) });
const bad = (line: number) => expect.objectContaining({ line, reason: expect.any(String) });

describe('CSV', () => {
  it('reads quotes, commas and line breaks within fields, and numbers records by their first line', async () => {
    const items = await read(`${HEADER}1,"Chen, Li","two\r\nlines"\r\n2,"say ""hi""",\n`);
    expect(items).toEqual([
      { line: 2, raw: '1,"Chen, Li","two\nlines"', cells: { id: '1', name: 'Chen, Li', note: 'two\nlines' } },
      { line: 4, raw: '2,"say ""hi""",', cells: { id: '2', name: 'say "hi"' } },
    ]);
  });

  it('takes the columns in any order and leaves optional ones out', async () => {
    expect(await read('name,id\n课程,7\n')).toEqual([{ line: 2, raw: '课程,7', cells: { id: '7', name: '课程' } }]);
  });

  it('skips blank lines without losing count', async () => {
    expect(await read(`\n${HEADER}\n1,a,\n\n  \n2,b,`)).toEqual([good(4, '1'), good(7, '2')]);
  });

  it('refuses a record with too few or too many fields, and no other', async () => {
    expect(await read(`${HEADER}1,a,x\n2,b\n3,c,x,y\n4,d,x\n`)).toEqual([good(2, '1'), bad(3), bad(4), good(5, '4')]);
  });

  it.each([
    ['is never closed', '2,"b,x'],
    ['stands within a field', '2,b"c,x'],
    ['closes too early', '2,"b"c,x'],
  ])('refuses only the line with a quote that %s', async (_what, line) => {
    const items = await read(`${HEADER}1,a,x\n${line}\n3,c,x\n4,"d",x\n5,"e\nf",x\n6,g,x\n`);
    expect(items).toEqual([good(2, '1'), bad(3), good(4, '3'), good(5, '4'), good(6, '5'), good(8, '6')]);
  });

  it('refuses a stray quote on the last line', async () => {
    expect(await read(`${HEADER}1,a,x\n2,"b,x`)).toEqual([good(2, '1'), bad(3)]);
  });

  it('does not let a stray quote swallow a long file', async () => {
    const lines = Array.from({ length: 3_000 }, (_, at) => `${at},name,x`);
    const items = await read(`${HEADER}0,"open,x\n${lines.join('\n')}\n`, 4_096);
    expect(items).toHaveLength(3_001);
    expect(items.filter((item) => 'reason' in item)).toEqual([bad(2)]);
  });

  it('refuses a field that is too long and a line that is no UTF-8', async () => {
    const long = 'y'.repeat(MAX_RECORD_CHARS + 1);
    expect(await read(`${HEADER}1,a,x\n2,${long},x\n3,\uFFFD,x\n4,d,x\n`, 90_000)).toEqual([
      good(2, '1'),
      bad(3),
      bad(4),
      good(5, '4'),
    ]);
  });

  it('reads back whatever was written by the rules of RFC 4180', async () => {
    const field = fc.stringMatching(/^[a-z ",\n\r中]{0,8}$/).filter((text) => text.trim() !== '');
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(field, field, field)), fc.integer({ min: 1, max: 40 }), async (rows, size) => {
        const items = await read(HEADER + rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join(''), size);
        const cells = items.map((item) => ('cells' in item ? Object.values(item.cells) : item.reason));
        // Within a field a line break reads as LF, whichever it was.
        expect(cells).toEqual(rows.map((row) => row.map((text) => text.replaceAll('\r\n', '\n'))));
      }),
    );
  });
});

describe('the header of CSV', () => {
  it.each([
    ['', 'is empty'],
    ['id,note\n1,x\n', 'lacks the column name.'],
    ['id,name,nmae\n', 'unknown column "nmae"'],
    ['id,name,id\n', 'has the column id twice'],
    ['PK\u0003\u0004\uFFFD\n', 'has no header'],
    ['"id,name\n', 'has no header'],
  ])('is refused with a reason: %j', async (text, reason) => {
    await expect(read(text)).rejects.toThrow(reason);
  });
});
