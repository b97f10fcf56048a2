import { describe, expect, it } from 'vitest';
import { rawSql } from '../../support/ledger.ts';
import { aMember } from '../../support/partners.ts';
import { aFinanceClerk } from '../../support/people.ts';
import { aSale, aSupplier, close } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const CLOSE = /* GraphQL */ `
  mutation ($period: String!) {
    closePeriod(period: $period) {
      __typename
      ... on ClosePeriodSuccess { jobId }
      ... on UserError { code message }
      ... on PeriodNotOverError { overAt }
      ... on PeriodOrderError { expected }
    }
  }`;
const JOB = 'query ($id: ID!) { job(id: $id) { state error { message } } }';

const count = async (app: TestApp, table: string) =>
  (await rawSql(app, `select count(*)::int as n from ${table}`))[0]?.n;

describe('closing a month', () => {
  it('is asked for by finance, done by a job, and says in whose name', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const supplier = await aSupplier(app);
    await aSale(app, supplier, '2026-10-20T00:00:00Z');
    const clerk = await aFinanceClerk(app);
    const asked = await app.query<{ closePeriod: { jobId: string } }>(CLOSE, { period: '2026-10' }, clerk);
    await app.drainJobs();
    const { data } = await app.graphql(JOB, { id: asked.closePeriod.jobId }, clerk);
    expect(data).toEqual({ job: { state: 'DONE', error: null } });
    expect(await rawSql(app, 'select period, closed_by from period_closings')).toEqual([
      { period: '2026-10', closed_by: `user:${clerk.id}` },
    ]);
    const again = await app.graphql(CLOSE, { period: '2026-10' }, clerk);
    expect(again.data).toMatchObject({ closePeriod: { __typename: 'PeriodClosedError' } });
  });

  it('happens once when eight jobs do it at once, and never puts a posting on two statements', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const supplier = await aSupplier(app);
    for (let day = 10; day < 20; day++) await aSale(app, supplier, `2026-10-${day}T00:00:00Z`);
    const late = Array.from({ length: 5 }, () => aSale(app, supplier, '2026-10-25T00:00:00Z'));
    const closings = await Promise.all(Array.from({ length: 8 }, () => close(app, '2026-10')));
    await Promise.all(late);
    expect(closings.filter(({ isNew }) => isNew)).toHaveLength(1);
    app.clock.set(new Date('2026-12-05T08:00:00Z'));
    await close(app, '2026-11');
    expect(await count(app, 'statement_lines')).toBe(15);
    expect(await count(app, 'statements')).toBe(2);
    const [balance] = await rawSql(
      app,
      `select closing_minor::text as stated, (select (-sum(amount_minor))::text from ledger_postings p
        join ledger_accounts a on a.id = p.account_id where a.code = 'partner:${supplier.id}:payable') as owed
       from statements where period = '2026-11'`,
    );
    expect(balance).toEqual({ stated: '105000', owed: '105000' });
  });

  it('comes only when the month is over in the time zone of every contract', async () => {
    await using app = await startTestApp({ now: new Date('2026-10-31T15:59:59Z') });
    await aSupplier(app);
    const clerk = await aFinanceClerk(app);
    const early = await app.graphql(CLOSE, { period: '2026-10' }, clerk);
    expect(early.data).toMatchObject({
      closePeriod: { __typename: 'PeriodNotOverError', overAt: '2026-10-31T16:00:00.000Z' },
    });
    app.clock.set(new Date('2026-10-31T16:00:00Z'));
    const due = await app.graphql(CLOSE, { period: '2026-10' }, clerk);
    expect(due.data).toMatchObject({ closePeriod: { __typename: 'ClosePeriodSuccess' } });
  });

  it('goes month by month, from the first with an earning on', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const supplier = await aSupplier(app);
    await aSale(app, supplier, '2026-08-10T00:00:00Z');
    const clerk = await aFinanceClerk(app);
    const ask = async (period: string) => (await app.graphql(CLOSE, { period }, clerk)).data;
    expect(await ask('2026-10')).toMatchObject({
      closePeriod: { __typename: 'PeriodOrderError', expected: '2026-08' },
    });
    await close(app, '2026-08');
    expect(await ask('2026-10')).toMatchObject({
      closePeriod: { __typename: 'PeriodOrderError', expected: '2026-09' },
    });
    await expect(close(app, '2026-10')).rejects.toThrow(/Close 2026-09 before/);
    expect(await count(app, 'period_closings')).toBe(1);
  });

  it("is neither a partner's to do nor open to nonsense", async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const supplier = await aSupplier(app);
    const byOwner = await app.graphql(CLOSE, { period: '2026-10' }, await aMember(app, { partnerId: supplier.id }));
    expect(byOwner.data).toMatchObject({ closePeriod: { __typename: 'ForbiddenError' } });
    const byNobody = await app.graphql(CLOSE, { period: '2026-10' });
    expect(byNobody.data).toMatchObject({ closePeriod: { __typename: 'UnauthenticatedError' } });
    const nonsense = await app.graphql(CLOSE, { period: 'soon' }, await aFinanceClerk(app));
    expect(nonsense.data).toMatchObject({ closePeriod: { __typename: 'InvalidInputError' } });
  });

  it('is for good: raw SQL can change neither statement nor line', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    await aSale(app, await aSupplier(app), '2026-10-20T00:00:00Z');
    await close(app, '2026-10');
    for (const table of ['statements', 'statement_lines', 'period_closings', 'allocations', 'allocation_shares']) {
      await expect(rawSql(app, `delete from ${table}`)).rejects.toThrow(/is append-only/);
    }
    await expect(rawSql(app, 'update statements set closing_minor = 0')).rejects.toThrow(/is append-only/);
    for (const change of [
      'delete from partner_entries',
      'truncate partner_entries cascade',
      'update partner_entries set amount_minor = 1',
      'update partner_entries set statement_id = null',
      'update partner_entries set statement_id = gen_random_uuid()',
    ]) {
      await expect(rawSql(app, change)).rejects.toThrow(/is append-only/);
    }
  });

  it('claims an entry once and changes nothing else of it', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    await aSale(app, await aSupplier(app), '2026-10-20T00:00:00Z');
    const claim = 'update partner_entries set statement_id = gen_random_uuid()';
    await expect(rawSql(app, `${claim}, amount_minor = 1`)).rejects.toThrow(/is append-only/);
    await expect(rawSql(app, `${claim}, explanation = null`)).rejects.toThrow(/is append-only/);
    await rawSql(app, claim);
    await expect(rawSql(app, claim)).rejects.toThrow(/is append-only/);
  });
});
