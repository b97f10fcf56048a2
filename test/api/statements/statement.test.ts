import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { rawSql } from '../../support/ledger.ts';
import { aSettledRefund } from '../../support/orders.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../../support/people.ts';
import { aSale, aSupplier, askStatement, close, type ShownStatement } from '../../support/statements.ts';
import { startTestApp } from '../../support/test-app.ts';

const NOVEMBER = new Date('2026-11-05T08:00:00Z');

/** Opening balance and lines make the closing balance, whatever the statement. */
function addsUp({ opening, closing, lines }: ShownStatement): boolean {
  const cents = ({ amount }: { amount: string }) => BigInt(amount.replace('.', ''));
  const sum = lines.edges.reduce((total, { node }) => total + BigInt(node.amount.minor), 0n);
  return cents(opening) + sum === cents(closing);
}

describe('a statement', () => {
  it('shows what each month brought, closed or open, and carries the balance on', async () => {
    await using app = await startTestApp({ now: NOVEMBER });
    const supplier = await aSupplier(app);
    const clerk = await aFinanceClerk(app);
    await aSale(app, supplier, '2026-09-10T00:00:00Z');
    const october = await aSale(app, supplier, '2026-10-20T00:00:00Z');
    await aSale(app, supplier, '2026-10-21T00:00:00Z');
    await close(app, '2026-09');
    await app.services.allocations.settleRefunds([
      await aSettledRefund(app, october, new Date('2026-11-02T00:00:00Z')),
    ]);
    const ask = (period: string) => askStatement(app, clerk, { partnerId: supplier.globalId, period });
    const months = [await ask('2026-08'), await ask('2026-09'), await ask('2026-10'), await ask('2026-11')];
    expect(months.map((month) => [month?.opening.amount, month?.closing.amount, month?.closedAt])).toEqual([
      ['0.00', '0.00', null],
      ['0.00', '70.00', NOVEMBER.toISOString()],
      ['70.00', '210.00', null],
      ['210.00', '140.00', null],
    ]);
    expect(months.every((month) => month && addsUp(month))).toBe(true);
    expect(months[3]?.lines.edges.map(({ node }) => [node.kind, node.amount.amount])).toEqual([['REFUND', '-70.00']]);
  });

  it('is the same before and after its month is closed, line by line', async () => {
    await using app = await startTestApp({ now: NOVEMBER });
    const supplier = await aSupplier(app);
    const clerk = await aFinanceClerk(app);
    for (const day of ['03', '01', '02']) await aSale(app, supplier, `2026-10-${day}T12:00:00Z`);
    const question = { partnerId: supplier.globalId, period: '2026-10', first: 2 };
    const open = await askStatement(app, clerk, question);
    const rest = await askStatement(app, clerk, { ...question, after: open?.lines.pageInfo.endCursor ?? null });
    await close(app, '2026-10');
    const closed = await askStatement(app, clerk, question);
    expect({ ...closed, closedAt: null }).toEqual(open);
    // A cursor that the open list gave out still leads to the same place.
    const after = open?.lines.pageInfo.endCursor ?? null;
    expect((await askStatement(app, clerk, { ...question, after }))?.lines).toEqual(rest?.lines);
    expect(rest?.lines.edges).toHaveLength(1);
    expect(open?.lines.edges.map(({ node }) => node.effectiveAt)).toEqual([
      '2026-10-01T12:00:00.000Z',
      '2026-10-02T12:00:00.000Z',
    ]);
  });

  it('takes up in the next month what comes late, and says which month it is from', async () => {
    await using app = await startTestApp({ now: NOVEMBER });
    const supplier = await aSupplier(app);
    const clerk = await aFinanceClerk(app);
    await aSale(app, supplier, '2026-09-10T00:00:00Z');
    await close(app, '2026-09');
    await aSale(app, supplier, '2026-09-30T12:00:00Z');
    await aSale(app, supplier, '2026-10-01T12:00:00Z');
    const before = await askStatement(app, clerk, { partnerId: supplier.globalId, period: '2026-10' });
    await close(app, '2026-10');
    const after = await askStatement(app, clerk, { partnerId: supplier.globalId, period: '2026-10' });
    for (const statement of [before, after]) {
      expect(statement?.lines.edges.map(({ node }) => node.latePeriod)).toEqual(['2026-09', null]);
      expect(statement?.closing.amount).toBe('210.00');
    }
    const september = await askStatement(app, clerk, { partnerId: supplier.globalId, period: '2026-09' });
    expect(september?.closing.amount).toBe('70.00');
  });

  it('keeps currencies apart and asks which, when there are several', async () => {
    await using app = await startTestApp({ now: NOVEMBER });
    const supplier = await aSupplier(app);
    const clerk = await aFinanceClerk(app);
    expect((await askStatement(app, clerk, { partnerId: supplier.globalId, period: '2026-11' }))?.currency).toBe('CNY');
    const partnerId = supplier.globalId;
    await aSale(app, supplier, '2026-10-01T12:00:00Z');
    await rawSql(
      app,
      `insert into ledger_accounts values (gen_random_uuid(), 'partner:${supplier.id}:payable', 'EUR', 'LIABILITY', now())`,
    );
    const both = app.graphql(
      'query ($id: ID!) { statement(partnerId: $id, period: "2026-10") { period } }',
      { id: partnerId },
      clerk,
    );
    expect((await both).errors[0]?.message).toContain('CNY and EUR');
    const yuan = await askStatement(app, clerk, { partnerId, period: '2026-10', currency: 'CNY' });
    const euro = await askStatement(app, clerk, { partnerId, period: '2026-10', currency: 'EUR' });
    expect([yuan?.closing.amount, euro?.closing.amount]).toEqual(['70.00', '0.00']);
  });

  it('is for the owner, managers and finance of the partner, for finance and admins, and nobody else', async () => {
    await using app = await startTestApp({ now: NOVEMBER });
    const [supplier, stranger] = [await aSupplier(app), await aPartner(app)];
    const question = { partnerId: supplier.globalId, period: '2026-11' };
    const readers = [await aFinanceClerk(app), await anAdmin(app)];
    for (const role of ['OWNER', 'MANAGER', 'FINANCE'] as const) {
      readers.push(await aMember(app, { partnerId: supplier.id, role }));
    }
    for (const reader of readers) expect(await askStatement(app, reader, question)).not.toBeNull();
    const others = [
      await aMember(app, { partnerId: supplier.id, role: 'VIEWER' }),
      await aMember(app, { partnerId: stranger.id, role: 'OWNER' }),
      await aLearner(app),
      {},
    ];
    for (const other of others) await expect(askStatement(app, other, question)).rejects.toThrow(/may not|Log in/);
    const unknown = { partnerId: globalId('Partner', app.platform.ids.next()), period: '2026-11' };
    await expect(askStatement(app, await aLearner(app), unknown)).rejects.toThrow(/may not/);
    expect(await askStatement(app, await aFinanceClerk(app), unknown)).toBeNull();
  });

  it.each(['2026-13', '2026-1', '202611', 'november', "2026-11'"])('refuses the month %s', async (period) => {
    await using app = await startTestApp({ now: NOVEMBER });
    const partnerId = globalId('Partner', app.platform.ids.next());
    await expect(askStatement(app, await aFinanceClerk(app), { partnerId, period })).rejects.toThrow(/is a month/);
  });

  it('lists closed statements, latest first, for those who may read them', async () => {
    await using app = await startTestApp({ now: NOVEMBER });
    const [supplier, stranger] = [await aSupplier(app), await aPartner(app)];
    await aSale(app, supplier, '2026-08-10T00:00:00Z');
    for (const month of ['2026-08', '2026-09', '2026-10']) await close(app, month);
    const list =
      'query ($id: ID!) { statements(partnerId: $id, first: 2) { edges { node { period closing { amount } } } pageInfo { hasNextPage } } }';
    const owner = await aMember(app, { partnerId: supplier.id });
    const { data } = await app.graphql(list, { id: supplier.globalId }, owner);
    expect(data).toEqual({
      statements: {
        edges: [
          { node: { period: '2026-10', closing: { amount: '70.00' } } },
          { node: { period: '2026-09', closing: { amount: '70.00' } } },
        ],
        pageInfo: { hasNextPage: true },
      },
    });
    const denied = await app.graphql(list, { id: supplier.globalId }, await aMember(app, { partnerId: stranger.id }));
    expect(denied.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});
