import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import {
  csvOf,
  faultsOf,
  readSettlement,
  STRIPE_COLUMNS,
  WECHAT_COLUMNS,
  wechatBill,
} from '../../support/settlement-files.ts';

const row = (at: number, more: Record<string, string> = {}) => ({
  balance_transaction_id: `txn_${at}`,
  created: '2026-01-30 10:11:12',
  currency: 'usd',
  gross: '25.00',
  fee: '0.95',
  net: '24.05',
  reporting_category: 'charge',
  source_id: `ch_${at}`,
  ...more,
});
const file = (...rows: Record<string, string>[]) => csvOf(STRIPE_COLUMNS, rows);
const HEADER = `${STRIPE_COLUMNS.join(',')}\n`;

async function zipOf(files: Record<string, Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(content, name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describe('a line that cannot be read', () => {
  it.each([
    ['a formula in a reference', { source_id: '=HYPERLINK("http://a.example","x")' }, 'formula in source_id'],
    ['a formula behind a tab', { charge_id: '\t=1+1' }, 'formula in charge_id'],
    ['a formula in a name of ours', { 'payment_metadata[order_id]': '@SUM(A1:A9)' }, 'formula in payment_metadata'],
    ['a formula in the name of a payout', { automatic_payout_id: '+cmd|calc!A0' }, 'formula in automatic_payout_id'],
    ['a formula for an amount', { gross: '=25.00' }, 'formula in gross'],
    ['a formula for a time', { created: '=NOW()' }, 'formula in created'],
    ['a formula that calls a program behind a sum', { fee: "-2+3+cmd|' /C calc'!A0" }, 'formula in fee'],
    ['a NUL character', { description: 'a\0b' }, 'NUL'],
    ['a field of 10 MB', { description: 'x'.repeat(10_000_000) }, 'longer than 256 KiB'],
    ['an amount of too many digits', { gross: '1234567890123456.00' }, 'no amount'],
  ])('has %s: it is refused with its number, and the others are read', async (_what, cells, reason) => {
    const read = await readSettlement('stripe', file(row(1), row(2, cells), row(3)), 65_536);
    expect(read.exceptions).toMatchObject([
      { class: 'UNREADABLE_LINE', line: 3, reason: expect.stringContaining(reason) },
    ]);
    expect(read.lines.map(({ lineNumber }) => lineNumber)).toEqual([2, 4]);
    expect(read.exceptions[0]?.reason.length).toBeLessThan(200);
  });

  it.each([
    '-10% off',
    '+1 seat',
    '@home',
    '- Radar (fraud screening)',
    '=HYPERLINK("http://a.example","x")',
    "=cmd|' /C calc'!A0",
    '@SUM(A1:A9)',
    '+cmd|calc!A0',
    "-2+3+cmd|' /C calc'!A0",
  ])('is not one whose text for people is %j: its money counts, and the text is kept as it is', async (description) => {
    const read = await readSettlement('stripe', file(row(1, { description, 'a column of theirs': description })));
    expect(faultsOf(read)).toEqual([]);
    expect(read.lines).toMatchObject([{ grossMinor: 2500n, rest: { description } }]);
  });

  it('is none whose kind a spreadsheet would run: it is of a kind that we do not know', async () => {
    const read = await readSettlement('stripe', file(row(1, { reporting_category: '=1+1' })));
    expect(faultsOf(read)).toEqual([]);
    expect(read.lines).toMatchObject([{ kind: 'OTHER', providerType: '=1+1', netMinor: 2405n }]);
  });

  it('takes no longer for a text that is made to be searched for long', async () => {
    const rows = ['-a', '+ ', '@a.', '-a|'].map((text, at) => row(at, { description: text.repeat(60_000) }));
    const startedMs = performance.now();
    expect((await readSettlement('stripe', file(...rows), 65_536)).summary.lines).toBe(4);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it('is the last one when the file was cut off', async () => {
    const text = file(row(1), row(2));
    const read = await readSettlement('stripe', text.slice(0, -40));
    expect(read.exceptions).toMatchObject([
      { class: 'UNREADABLE_LINE', line: 3, reason: expect.stringMatching(/has \d+ cells, the header 13/) },
    ]);
    expect(read.lines).toHaveLength(1);
  });

  it('is the last one when the file was cut off within a quoted cell, or within a character', async () => {
    const quoted = file(row(1), row(2, { description: 'one,\ntwo' }));
    expect(faultsOf(await readSettlement('stripe', quoted.slice(0, -6)))).toContain('UNREADABLE_LINE 3');
    const bytes = Buffer.from(file(row(1), row(2, { description: '课程' })));
    expect(faultsOf(await readSettlement('stripe', bytes.subarray(0, -2)))).toEqual(['UNREADABLE_LINE 3']);
  });

  it('has more cells than the header, or a quote that was never closed', async () => {
    const lines = file(row(1), row(2), row(3), row(4)).split('\n');
    lines[2] += ',too,many';
    lines[3] = (lines[3] ?? '').replace('txn_3', '"txn_3');
    const read = await readSettlement('stripe', lines.join('\n'));
    expect(faultsOf(read)).toEqual(['UNREADABLE_LINE 3', 'UNREADABLE_LINE 4']);
    expect(read.lines.map(({ lineNumber }) => lineNumber)).toEqual([2, 5]);
  });

  it('is in another encoding than the others', async () => {
    const bytes = Buffer.from(file(row(1), row(2, { description: 'caf_' }), row(3)));
    bytes[bytes.indexOf('caf_') + 3] = 0xe9;
    const read = await readSettlement('stripe', bytes);
    expect(read.exceptions).toMatchObject([
      { class: 'UNREADABLE_LINE', line: 3, reason: 'The line holds bytes that are not UTF-8.' },
    ]);
    expect(read.lines).toHaveLength(2);
  });

  it('is counted ten thousand times, though only the first ones are kept', async () => {
    const bad = Array.from({ length: 10_000 }, (_, at) => row(at, { gross: 'x' }));
    const { summary, exceptions } = await readSettlement('stripe', file(...bad), 65_536);
    expect(summary.exceptionCounts).toEqual({ UNREADABLE_LINE: 10_000 });
    expect(summary.exceptions).toHaveLength(1_000);
    expect(exceptions).toHaveLength(10_000);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['is empty', '', 'is empty'],
    ['is blank', '\n \n\n', 'has no header'],
    [
      'is of another provider',
      wechatBill(WECHAT_COLUMNS, []),
      'line 1: is no header of a payout reconciliation of Stripe: it lacks "currency"',
    ],
    ['lacks a column', HEADER.replace('gross,', 'grosz,'), 'lacks "gross"'],
    ['has a column twice', HEADER.replace('fee,', 'net,'), 'names the column net twice'],
    ['has a header without end', 'x'.repeat(10_000_000), 'line 1: is longer than 256 KiB'],
    ['has a quote in its header that is never closed', `"${HEADER}`, 'line 1: has a quote'],
    ['has NUL characters', '\0'.repeat(5_000), 'line 1: holds a NUL character'],
    ['begins with text', Array.from({ length: 60 }, () => 'text\n').join('') + HEADER, 'line 1: is no header'],
    ['is UTF-16', Buffer.from(`\ufeff${HEADER}`, 'utf16le'), 'UTF-16'],
    ['is a PDF', '%PDF-1.7', 'PDF'],
    ['is a broken ZIP', 'PK\u0003\u0004 and nothing more', 'cannot be read to its end'],
    ['is a broken gzip file', gzipSync(file(row(1))).subarray(0, 60), 'cannot be read to its end'],
    ['is no text at all', Buffer.from(Array.from({ length: 999 }, (_, at) => 128 + ((at * 37) % 128))), 'not UTF-8'],
  ])('%s: nothing of it counts', async (_what, content, reason) => {
    await expect(readSettlement('stripe', content, 65_536)).rejects.toThrow(reason);
    await expect(readSettlement('stripe', content, 65_536)).rejects.toThrow('settlement.csv');
  });

  it('is a ZIP of two files, of none, of a workbook, or one that unpacks to far too much', async () => {
    const csv = Buffer.from(file(row(1)));
    const bomb = await zipOf({ 'a.csv': Buffer.alloc(64 * 1024 * 1024) });
    await expect(readSettlement('stripe', await zipOf({ 'a.csv': csv, 'b.csv': csv }))).rejects.toThrow('2 data files');
    await expect(readSettlement('stripe', await zipOf({}))).rejects.toThrow('without a data file');
    await expect(readSettlement('stripe', await zipOf({ '[Content_Types].xml': csv }))).rejects.toThrow('Excel');
    await expect(readSettlement('stripe', bomb, 65_536)).rejects.toThrow('unpacks to 67108864 bytes');
  });

  it('still may be a good file in a ZIP or gzip', async () => {
    for (const content of [await zipOf({ 'a.csv': Buffer.from(file(row(1))) }), gzipSync(file(row(1)))]) {
      expect((await readSettlement('stripe', content)).summary.lines).toBe(1);
    }
  });
});

describe('a file that is unusual', () => {
  it('may hold a header and nothing else', async () => {
    const { summary } = await readSettlement('stripe', HEADER);
    expect(summary).toMatchObject({ lines: 0, exceptions: [], totals: { kinds: [] } });
    expect((await readSettlement('stripe', HEADER.trimEnd())).summary.lines).toBe(0);
  });

  it('may have a byte order mark, CRLF, blank lines, spaces around names, other case, and a comma at the end of lines', async () => {
    const [header = '', ...lines] = file(row(1), row(2)).trimEnd().split('\n');
    const spaced = header.split(',').map((name) => ` ${name.toUpperCase()} `);
    const text = `\ufeff${spaced.join(',')}\r\n\r\n${lines.map((line) => `${line},`).join('\r\n\r\n')}\r\n`;
    const read = await readSettlement('stripe', text);
    expect(faultsOf(read)).toEqual([]);
    expect(read.lines.map(({ lineNumber }) => lineNumber)).toEqual([3, 5]);
  });

  it('may have breaks within the quotes of its header, and names twice that mean nothing to us', async () => {
    const text = `"note\nof ours",note,note,${HEADER}a,b,c,${file(row(1)).split('\n')[1]}\n`;
    const { lines } = await readSettlement('stripe', text);
    expect(lines).toMatchObject([{ lineNumber: 3, rest: { 'note\nof ours': 'a', note: 'b', 'note (3)': 'c' } }]);
  });
});
