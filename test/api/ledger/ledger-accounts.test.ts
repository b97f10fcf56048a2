import { expect, it } from 'vitest';
import { chartOfAccounts } from '../../../src/ledger/index.ts';
import { countQueries } from '../../support/count-queries.ts';
import { anEntry, post } from '../../support/ledger.ts';
import { aFinanceClerk } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const ACCOUNTS = /* GraphQL */ `
  query ($first: Int!, $after: String) {
    ledgerAccounts(first: $first, after: $after) {
      edges { node { code currency kind balance { minor } } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

interface Listed {
  readonly ledgerAccounts: {
    readonly edges: readonly {
      readonly node: { readonly code: string; readonly balance: { readonly minor: string } };
    }[];
    readonly pageInfo: { readonly endCursor: string };
  };
}

it('lists accounts by code with their balances, page by page, and all balances sum to zero', async () => {
  await using app = await startTestApp();
  const owed = ['a', 'b', 'c'].map((id) => chartOfAccounts.partnerPayable(id));
  const postings = owed.map((account) => ({ account, amountMinor: -100n, currency: 'CNY', reference: '' }));
  const clearing = {
    account: chartOfAccounts.providerClearing('sandbox'),
    amountMinor: 300n,
    currency: 'CNY',
    reference: '',
  };
  await post(app, anEntry(app, { postings: [clearing, ...postings] }));
  const clerk = await aFinanceClerk(app);
  const first = await app.query<Listed>(ACCOUNTS, { first: 3 }, clerk);
  const rest = await app.query<Listed>(ACCOUNTS, { first: 3, after: first.ledgerAccounts.pageInfo.endCursor }, clerk);
  const nodes = [...first.ledgerAccounts.edges, ...rest.ledgerAccounts.edges].map(({ node }) => node);
  expect(nodes.map(({ code, balance }) => [code, balance.minor])).toEqual([
    ['partner:a:payable', '-100'],
    ['partner:b:payable', '-100'],
    ['partner:c:payable', '-100'],
    ['provider:sandbox:clearing', '300'],
  ]);
});

it('sends as many statements for all accounts as for one', async () => {
  await using app = await startTestApp();
  const entries = Array.from({ length: 20 }, (_, n) => {
    const [clearing, revenue] = [chartOfAccounts.providerClearing(`provider-${n}`), chartOfAccounts.platformRevenue];
    return anEntry(app, {
      postings: [
        { account: clearing, amountMinor: 1n, currency: 'CNY', reference: '' },
        { account: revenue, amountMinor: -1n, currency: 'CNY', reference: '' },
      ],
    });
  });
  await post(app, ...entries);
  const clerk = await aFinanceClerk(app);
  const one = await countQueries(app, () => app.query(ACCOUNTS, { first: 1 }, clerk));
  const all = await countQueries(app, () => app.query(ACCOUNTS, { first: 50 }, clerk));
  expect(all).toBe(one);
});
