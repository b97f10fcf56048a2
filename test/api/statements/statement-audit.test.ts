import { describe, expect, it } from 'vitest';
import { tamper } from '../../support/ledger.ts';
import { aFinanceClerk } from '../../support/people.ts';
import { aSale, aSupplier, close, post } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const VERIFY = '{ verifyLedger { isIntact fault { kind detail } } }';

async function twoClosedMonths(app: TestApp) {
  const supplier = await aSupplier(app);
  await aSale(app, supplier, '2026-09-20T00:00:00Z');
  await close(app, '2026-09');
  const at = (day: number) => new Date(Date.UTC(2026, 9, day));
  await post(
    app,
    supplier,
    [1, 2, 3].map((day) => ({ kind: 'SALE' as const, amountMinor: 100n, effectiveAt: at(day) })),
  );
  await close(app, '2026-10');
  return supplier;
}

async function verify(app: TestApp) {
  const { data } = await app.graphql(VERIFY, {}, await aFinanceClerk(app));
  return data?.verifyLedger as { isIntact: boolean; fault: { kind: string; detail: string } | null };
}

const OCTOBER = "(select id from statements where period = '2026-10')";

describe('the verification of the ledger', () => {
  it('finds closed statements as they were written', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    await twoClosedMonths(app);
    expect(await verify(app)).toEqual({ isIntact: true, fault: null });
  });

  it.each([
    [
      'the text of a line',
      `update statement_lines set explanation = 'Else.' where position = 2`,
      /2026-10.*line 2.* is not what was closed/,
    ],
    [
      'the amount of a line',
      'update statement_lines set amount_minor = 101 where position = 2',
      /other figures than in the books/,
    ],
    ['the amount of an entry', 'update partner_entries set amount_minor = 101 where amount_minor = 100', /./],
    [
      'the closing balance',
      `update statements set closing_minor = closing_minor + 1 where period = '2026-10'`,
      /2026-10.*come to 7300/,
    ],
    [
      'the opening balance',
      `update statements set opening_minor = 0, closing_minor = 300 where period = '2026-10'`,
      /opens with 0, and the one before closed with 7000/,
    ],
    [
      'the date of the closing',
      `update statements set closed_at = closed_at + interval '1 day' where period = '2026-10'`,
      /hashes to/,
    ],
    ['the root', `update statements set merkle_root = md5('x') || md5('y') where period = '2026-10'`, /hashes to/],
    ['the root away', `update statements set merkle_root = null where period = '2026-10'`, /has no root/],
    [
      'the order of the months',
      `update statements set previous_id = null where period = '2026-10'`,
      /it follows null, and the one before is of 2026-09/,
    ],
    ['a line away', `delete from statement_lines where position = 3`, /said to be on a statement, and is not/],
    [
      'the last line and what says so away',
      `with gone as (delete from statement_lines where position = 3 returning posting_id)
       update partner_entries set statement_id = null where posting_id in (select posting_id from gone)`,
      /it has 2 lines, and was closed with 3/,
    ],
    [
      'an entry to another statement',
      `update partner_entries set statement_id = ${OCTOBER} where period = '2026-09'`,
      /other figures|on a statement/,
    ],
    ['an entry away', `delete from partner_entries where period = '2026-10'`, /without an entry/],
  ])('names what somebody changed: %s', async (_, change, detail) => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    await twoClosedMonths(app);
    await tamper(app, change);
    const { isIntact, fault } = await verify(app);
    expect(isIntact).toBe(false);
    expect(fault?.kind).toBe('AUDIT_FAILED');
    expect(fault?.detail).toMatch(/^statements: /);
    expect(fault?.detail).toMatch(detail);
  });
});
