import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { checkProof } from '../../../src/statements/index.ts';
import { tamper } from '../../support/ledger.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { aSale, aSupplier, close, post } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const NOVEMBER = { now: new Date('2026-11-05T08:00:00Z') };
const HOSTILE = `=HYPERLINK("https://example.com","<b onmouseover='x'>&amp;")`;

/** A closed October with a sale and lines whose text means harm, and an open November. */
async function twoMonths(app: TestApp) {
  const supplier = await aSupplier(app);
  await aSale(app, supplier, '2026-10-20T00:00:00Z');
  const effectiveAt = new Date('2026-10-21T00:00:00Z');
  await post(app, supplier, [
    { kind: 'ADJUSTMENT', amountMinor: 1_234_567n, effectiveAt, explanation: HOSTILE },
    { kind: 'PAYOUT', amountMinor: -250n, effectiveAt, explanation: '\u202e-1+1 逗号, "引号"\r\n换行' },
  ]);
  await close(app, '2026-10');
  await post(app, supplier, [{ kind: 'SALE', amountMinor: 5n, effectiveAt: new Date('2026-10-31T00:00:00Z') }]);
  return { supplier, clerk: await aFinanceClerk(app) };
}

function download(app: TestApp, url: string, token?: string) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return app.server.inject({ method: 'GET', url, headers });
}

describe('a statement as a file', () => {
  it('in JSON is complete, adds up, and proves itself', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, clerk } = await twoMonths(app);
    const response = await download(app, `/statements/${supplier.globalId}/2026-10.json`, clerk.token);
    expect(response.statusCode).toBe(200);
    expect(response.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="statement-2026-10-CNY.json"',
      'cache-control': 'no-store',
    });
    const file = response.json();
    expect(checkProof(file)).toMatchObject({ kind: 'STATEMENT', holds: true, root: file.merkleRoot });
    expect(file.lines).toHaveLength(3);
    expect(file.header).toMatchObject({ opening: '0.00', closing: '12413.17', lineCount: 3, previousRoot: null });
    expect(file.lines[1]).toMatchObject({ explanation: HOSTILE, amount: '12345.67', amountMinor: '1234567' });
    const again = await download(app, `/statements/${supplier.globalId}/2026-10.json`, clerk.token);
    expect(again.body).toBe(response.body);
    const changed = structuredClone(file);
    changed.lines[0].amount = '71.00';
    expect(checkProof(changed)).toMatchObject({ holds: false });
  });

  it('of an open month says that it can still change, and has no root', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, clerk } = await twoMonths(app);
    const open = (await download(app, `/statements/${supplier.globalId}/2026-11.json`, clerk.token)).json();
    expect(open).toMatchObject({
      readAt: '2026-11-05T08:00:00.000Z',
      merkleRoot: null,
      carriedFrom: '2026-10',
      header: { statementId: null, closedAt: null, opening: '12413.17', closing: '12413.22' },
      lines: [{ latePeriod: '2026-10', amount: '0.05' }],
    });
    expect(checkProof(open)).toMatchObject({ holds: false });
    const page = await download(app, `/statements/${supplier.globalId}/2026-11.html`, clerk.token);
    expect(page.body).toContain('Open: not final');
    const empty = await download(app, `/statements/${supplier.globalId}/2027-01.json`, clerk.token);
    expect(empty.json()).toMatchObject({ lines: [], totals: [] });
  });

  it('in CSV opens in a spreadsheet: no text is a formula, and amounts stay numbers', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, clerk } = await twoMonths(app);
    const response = await download(app, `/statements/${supplier.globalId}/2026-10.csv`, clerk.token);
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(response.rawPayload.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const rows = parse(response.body, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map(({ position, kind, amount, amount_minor }) => [position, kind, amount, amount_minor])).toEqual([
      ['1', 'SALE', '70.00', '7000'],
      ['2', 'ADJUSTMENT', '12345.67', '1234567'],
      ['3', 'PAYOUT', '-2.50', '-250'],
    ]);
    expect(rows[1]?.explanation).toBe(`'${HOSTILE}`);
    expect(rows[2]?.explanation).toBe('\u202e-1+1 逗号, "引号"\r\n换行');
    expect(rows.map(({ balance }) => balance)).toEqual(['70.00', '12415.67', '12413.17']);
  });

  it('as a page shows groups with their sums, escapes every text, and loads nothing', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, clerk } = await twoMonths(app);
    await tamper(app, `update partners set name = '<script>alert(1)</script>' where id = '${supplier.id}'`);
    const response = await download(app, `/statements/${supplier.globalId}/2026-10.html`, clerk.token);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = String(response.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/style-src 'sha256-[^']+'/);
    expect(policy).not.toContain('unsafe');
    const page = response.body;
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<b onmouseover');
    expect(page).not.toMatch(/(src|href|url)\s*[=(]/i);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain(
      '=HYPERLINK(&quot;https://example.com&quot;,&quot;&lt;b onmouseover=&#39;x&#39;&gt;&amp;amp;&quot;)',
    );
    for (const shown of ['70.00', '12,345.67', '\u22122.50', '12,413.17']) expect(page).toContain(`>${shown}</td>`);
    expect(page).toMatch(/<code>[0-9a-f]{64}<\/code>/);
  });

  it('says which currency where there are several', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, clerk } = await twoMonths(app);
    await post(app, supplier, [{ kind: 'SALE', amountMinor: 7n, currency: 'JPY' }]);
    const url = `/statements/${supplier.globalId}/2026-11.json`;
    const unsaid = await download(app, url, clerk.token);
    expect([unsaid.statusCode, unsaid.json().errors[0].message]).toEqual([400, expect.stringContaining('CNY and JPY')]);
    const yen = await download(app, `${url}?currency=JPY`, clerk.token);
    expect(yen.json()).toMatchObject({ lines: [{ amount: '7', amountMinor: '7' }] });
    const twice = await download(app, `${url}?currency=JPY&currency=CNY`, clerk.token);
    expect(twice.statusCode).toBe(400);
  });

  it('is sent whole and adds up when it has many more lines than are read at a time', { timeout: 40_000 }, async () => {
    await using app = await startTestApp(NOVEMBER);
    const supplier = await aSupplier(app);
    await post(app, supplier, [{ kind: 'SALE', amountMinor: 1n, effectiveAt: new Date('2026-10-01T00:00:00Z') }]);
    // The rest as they would lie there: posting them one by one would take the test a minute.
    await tamper(
      app,
      `insert into partner_entries (posting_id, partner_id, currency, kind, amount_minor, period, effective_at,
         available_at, source_id, explanation, recorded_at)
       select md5('n' || n)::uuid, '${supplier.id}', 'CNY', (array['SALE', 'REFUND'])[1 + n % 2], n - 5000, '2026-10', at, at,
         md5('n' || n)::uuid, 'Line ' || n, at
       from (select n, '2026-10-02'::timestamptz + n / 7 * interval '1 second' as at from generate_series(1, 9999) n) e`,
      'alter table statement_lines drop constraint statement_lines_posting_id_foreign',
      'analyze partner_entries',
    );
    const { token } = await aFinanceClerk(app);
    const url = (format: string) => `/statements/${supplier.globalId}/2026-10.${format}`;
    const open = (await download(app, url('json'), token)).json();
    expect(open.lines).toHaveLength(10_000);
    await close(app, '2026-10');
    const closed = (await download(app, url('json'), token)).json();
    expect(checkProof(closed)).toMatchObject({ holds: true });
    const csv = (await download(app, url('csv'), token)).body;
    expect(csv.trimEnd().split('\r\n')).toHaveLength(10_001);
  });
});

describe('who may take a statement', () => {
  it('is whoever may read it, with the session of the API', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, clerk } = await twoMonths(app);
    const url = `/statements/${supplier.globalId}/2026-10.csv`;
    const statusFor = async (who: { token?: string }) => (await download(app, url, who.token)).statusCode;
    for (const role of ['OWNER', 'MANAGER', 'FINANCE'] as const) {
      expect(await statusFor(await aMember(app, { partnerId: supplier.id, role }))).toBe(200);
    }
    expect(await statusFor(clerk)).toBe(200);
    expect(await statusFor(await aMember(app, { partnerId: supplier.id, role: 'VIEWER' }))).toBe(403);
    expect(await statusFor(await aMember(app, { partnerId: (await aPartner(app)).id }))).toBe(403);
    expect(await statusFor(await aLearner(app))).toBe(403);
    expect(await statusFor({})).toBe(401);
    expect(await statusFor({ token: 'x'.repeat(40) })).toBe(401);
    const refused = await download(app, url);
    expect(refused.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it.each([
    ['a month that is none', '2026-13.csv', 400],
    ['a format that is none', '2026-10.exe', 404],
    ['no format', '2026-10', 404],
    ['a partner without account and contract', null, 404],
  ])('is told plainly of %s', async (_, file, status) => {
    await using app = await startTestApp(NOVEMBER);
    const clerk = await aFinanceClerk(app);
    const partnerId = globalId('Partner', (await aPartner(app)).id);
    const answer = await download(app, `/statements/${partnerId}/${file ?? '2026-10.csv'}`, clerk.token);
    expect([answer.statusCode, answer.json().errors.length]).toEqual([status, 1]);
    const nobody = await download(app, `/statements/nobody/2026-10.csv`, clerk.token);
    expect(nobody.statusCode).toBe(400);
  });
});

const LINK = /* GraphQL */ `
  mutation ($partnerId: ID!, $format: StatementFileFormat!) {
    statementDownload(partnerId: $partnerId, period: "2026-10", format: $format) {
      __typename
      ... on StatementDownloadSuccess { url expiresAt }
      ... on UserError { code }
    }
  }`;

describe('a download link', () => {
  const ask = async (app: TestApp, who: { token?: string }, partnerId: string, format = 'HTML') =>
    (
      await app.query<{ statementDownload: { url: string; expiresAt: string; code?: string } }>(
        LINK,
        { partnerId, format },
        who,
      )
    ).statementDownload;

  it('opens one file without a session, for five minutes', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, clerk } = await twoMonths(app);
    const { url, expiresAt } = await ask(app, clerk, supplier.globalId);
    expect(expiresAt).toBe('2026-11-05T08:05:00.000Z');
    const opened = await download(app, url);
    expect([opened.statusCode, opened.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    app.clock.advance(5 * 60_000 - 1);
    expect((await download(app, url)).statusCode).toBe(200);
    app.clock.advance(1);
    const late = await download(app, url);
    expect([late.statusCode, late.json().errors[0].extensions.code]).toEqual([401, 'DOWNLOAD_LINK_INVALID']);
  });

  it('opens nothing but that file', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, clerk } = await twoMonths(app);
    const { url } = await ask(app, clerk, supplier.globalId);
    const other = await aSupplier(app);
    for (const changed of [
      url.replace('2026-10.html', '2026-11.html'),
      url.replace('2026-10.html', '2026-10.csv'),
      url.replace('CNY', 'EUR'),
      url.replace('currency=CNY&', ''),
      url.replace(supplier.globalId, other.globalId),
      url.slice(0, -1),
      url.replace(/link=\w+/, 'link=zzzzzzzzzz'),
      `${url}x`,
    ]) {
      expect(changed).not.toBe(url);
      expect((await download(app, changed)).statusCode).toBe(401);
      // A session does not make a bad link good.
      expect((await download(app, changed, clerk.token)).statusCode).toBe(401);
    }
  });

  it('is given to those who may read the statement', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier } = await twoMonths(app);
    const stranger = await aMember(app, { partnerId: (await aPartner(app)).id });
    expect(await ask(app, stranger, supplier.globalId)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await ask(app, {}, supplier.globalId)).toMatchObject({ code: 'UNAUTHENTICATED' });
    const owner = await aMember(app, { partnerId: supplier.id });
    expect(await ask(app, owner, supplier.globalId)).toMatchObject({ url: expect.stringContaining('/statements/') });
    const nothing = globalId('Partner', (await aPartner(app)).id);
    expect(await ask(app, await aFinanceClerk(app), nothing)).toMatchObject({ code: 'INVALID_INPUT' });
  });
});
