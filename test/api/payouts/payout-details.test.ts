import { describe, expect, it } from 'vitest';
import { rawSql } from '../../support/ledger.ts';
import { aMember } from '../../support/partners.ts';
import { aPayee, setDetails } from '../../support/payouts.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const IBAN = 'GB33BUKB20201555555555';
const HISTORY = /* GraphQL */ `
  query ($id: ID!, $first: Int = 20, $after: String) {
    payoutDetails(partnerId: $id, first: $first, after: $after) {
      edges { node { number beneficiary account bankName country setBy } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

interface History {
  readonly payoutDetails: {
    readonly edges: readonly { readonly node: { readonly number: number; readonly account: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

describe('where money goes', () => {
  it('is said by an owner, kept in versions, and shown to its end to all but finance staff', async () => {
    await using app = await startTestApp();
    const payee = await aPayee(app);
    const set = await setDetails(app, payee, { account: 'gb33 bukb-2020 1555 5555 55', country: 'GB' });
    expect(set.details).toMatchObject({ number: 2, account: '••••5555', setBy: `user:${payee.owner.id}` });
    const ask = (who: { token?: string }) => app.query<History>(HISTORY, { id: payee.globalId }, who);
    const accounts = async (who: { token?: string }) =>
      (await ask(who)).payoutDetails.edges.map(({ node }) => [node.number, node.account]);
    const whole = [
      [2, IBAN],
      [1, 'DE89370400440532013000'],
    ];
    expect(await accounts(await aFinanceClerk(app))).toEqual(whole);
    const masked = [
      [2, '••••5555'],
      [1, '••••3000'],
    ];
    const manager = await aMember(app, { partnerId: payee.id, role: 'MANAGER' });
    for (const who of [payee.owner, manager, await anAdmin(app)]) expect(await accounts(who)).toEqual(masked);
    const viewer = await aMember(app, { partnerId: payee.id, role: 'VIEWER' });
    for (const who of [viewer, (await aPayee(app)).owner, await aLearner(app), {}]) {
      await expect(ask(who)).rejects.toThrow(/may not|Log in/);
    }
  });

  it('is listed page by page', async () => {
    await using app = await startTestApp();
    const payee = await aPayee(app);
    for (const account of ['AAAA1', 'AAAA2']) await setDetails(app, payee, { account });
    const ask = (after: string | null) =>
      app.query<History>(HISTORY, { id: payee.globalId, first: 2, after }, payee.owner);
    const { pageInfo } = (await ask(null)).payoutDetails;
    expect(pageInfo.hasNextPage).toBe(true);
    const rest = (await ask(pageInfo.endCursor)).payoutDetails;
    expect(rest.edges.map(({ node }) => node.number)).toEqual([1]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
    const foreign = Buffer.from('["x"]').toString('base64url');
    await expect(ask(foreign)).rejects.toThrow(/cursor/);
  });

  it('stays one version when the same is said again, and gets one version after the other under concurrency', async () => {
    await using app = await startTestApp();
    const payee = await aPayee(app);
    expect((await setDetails(app, payee)).details?.number).toBe(1);
    const changes = Array.from({ length: 16 }, (_, at) => setDetails(app, payee, { account: `ACCOUNT${at}` }));
    const numbers = (await Promise.all(changes)).map(({ details }) => details?.number);
    expect(numbers.toSorted((one, other) => (one ?? 0) - (other ?? 0))).toEqual(
      Array.from({ length: 16 }, (_, at) => at + 2),
    );
  });

  it('is never changed or deleted, not even by raw SQL', async () => {
    await using app = await startTestApp();
    await aPayee(app);
    for (const change of [`update payout_details set account = 'X'`, 'delete from payout_details']) {
      await expect(rawSql(app, change)).rejects.toThrow(/append-only/);
    }
  });

  it('is not said by others than an owner, staff included', async () => {
    await using app = await startTestApp();
    const payee = await aPayee(app);
    const others = [await aFinanceClerk(app), await anAdmin(app), (await aPayee(app)).owner, await aLearner(app)];
    for (const role of ['MANAGER', 'FINANCE', 'VIEWER'] as const) {
      others.push(await aMember(app, { partnerId: payee.id, role }));
    }
    for (const by of others) expect((await setDetails(app, payee, { by })).code).toBe('FORBIDDEN');
    expect((await setDetails(app, payee, { by: {} })).code).toBe('UNAUTHENTICATED');
  });

  it('is refused when a value of it is wrong', async () => {
    await using app = await startTestApp();
    const payee = await aPayee(app, { account: null });
    for (const [field, wrong] of [
      ['account', { account: 'DE8' }],
      ['account', { account: 'D'.repeat(35) }],
      ['account', { account: '=HYPERLINK("x")' }],
      ['account', { account: '银行账户12345' }],
      ['beneficiary', { beneficiary: 'X' }],
      ['beneficiary', { beneficiary: 'X\u202eY' }],
      ['bankName', { bankName: ' ' }],
      ['country', { country: 'Germany' }],
    ] as const) {
      expect(await setDetails(app, payee, wrong)).toMatchObject({ code: 'INVALID_INPUT', field });
    }
  });
});
