import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../../src/reconciliation/reading/row-frame.ts';
import { Rows } from '../../../src/reconciliation/reading/rows.ts';

const WIDTH = 3;

/** Rows of lines that come in pieces of some size. */
function rowsOf(lines: readonly string[], pieceLines: number): Row[] {
  const rows = new Rows({ delimiter: ',', commentPrefix: '#' });
  rows.expectCells(WIDTH);
  const found: Row[] = [];
  const takeAll = (atEnd: boolean) => {
    for (let row = rows.take(atEnd); row; row = rows.take(atEnd)) found.push(row);
  };
  for (let from = 0; from < lines.length; from += pieceLines) {
    const piece = lines.slice(from, from + pieceLines);
    rows.push(piece.map((text, at) => ({ number: from + at + 1, text, fault: null })));
    takeAll(false);
  }
  takeAll(true);
  return found;
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const cell = fc.oneof(fc.stringMatching(/^[a-z €课]{0,6}$/), fc.stringMatching(/^[a-z",\n]{1,6}$/));
const goodCells = fc
  .array(cell, { minLength: WIDTH, maxLength: WIDTH })
  .filter((cells) => cells.join('').trim() !== '');
const write = (cells: readonly string[]) => cells.map((one) => (/[",\n]/.test(one) ? quoted(one) : one)).join(',');
/** Refused by itself, and closes no quote that it did not open. */
const refused = fc.constantFrom('a"x",b,c', '"a"x,b,c', 'a,"b" ,c', '"a" "b",c,d', 'a,b""c,d');
const anyLine = fc.oneof(
  goodCells.map(write).map((text) => text.replaceAll('\n', ' ')),
  refused,
  fc.constantFrom('# a comment', '"# another"', '', ' ', 'a,"b', '","', 'c",d', '"', 'a,b,"c\0"', 'one', 'a,b,c,d,e'),
);

describe('rows of lines', () => {
  it('are the cells that were written, and a refused line takes none of them along', () => {
    const rows = fc.array(fc.oneof({ weight: 4, arbitrary: goodCells }, { weight: 1, arbitrary: refused }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 60 }), (drawn, pieceLines) => {
        const lines = drawn.flatMap((row) => (typeof row === 'string' ? row : write(row).split('\n')));
        const found = rowsOf(lines, pieceLines);
        expect(found.map((row) => (row.form === 'CELLS' ? row.cells : row.form))).toEqual(
          drawn.map((row) => (typeof row === 'string' ? 'FAULT' : row)),
        );
      }),
    );
  });

  it('are the same however many lines come at once, whatever is wrong with them', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 60 }), fc.integer({ min: 2, max: 60 }), (lines, pieceLines) => {
        expect(rowsOf(lines, pieceLines)).toEqual(rowsOf(lines, 1));
      }),
    );
  });

  it('are two thousand but for the one that is refused among them', () => {
    const lines = Array.from({ length: 2_000 }, (_, at) => (at === 1_234 ? 'a"x",b,c' : `a${at},"b,",c`));
    const found = rowsOf(lines, lines.length);
    expect(found).toHaveLength(2_000);
    expect(found.filter(({ form }) => form !== 'CELLS')).toMatchObject([{ form: 'FAULT', line: 1_235 }]);
    expect(found[1_999]).toMatchObject({ line: 2_000, cells: ['a1999', 'b,', 'c'] });
  });

  it('do not go on over a line with a NUL character, which is at fault itself', () => {
    const found = rowsOf(['a,b,"c', 'd\0', 'e"', 'f,g,h'], 4);
    expect(found.map(({ form, line }) => [form, line])).toEqual([
      ['FAULT', 1],
      ['FAULT', 2],
      ['FAULT', 3],
      ['CELLS', 4],
    ]);
    expect(found[1]).toMatchObject({ fault: 'holds a NUL character' });
  });
});
