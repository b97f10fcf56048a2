import { describe, expect, it } from 'vitest';
import { chartOfAccounts } from '../../../src/ledger/index.ts';
import { countQueries } from '../../support/count-queries.ts';
import { anEntry, post } from '../../support/ledger.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const OWED = chartOfAccounts.partnerPayable('p');
const CLEARING = chartOfAccounts.providerClearing('sandbox');
const ACCOUNT = { code: OWED.code, currency: 'CNY' };
const DAY_MS = 24 * 3_600_000;

function owing(app: TestApp, amountMinor: bigint, effectiveAt = app.clock.now()) {
  const postings = [
    { account: CLEARING, amountMinor, currency: 'CNY', reference: 'in' },
    { account: OWED, amountMinor: -amountMinor, currency: 'CNY', reference: 'out' },
  ];
  return anEntry(app, { effectiveAt, postings });
}

interface Found {
  readonly ledgerAccount: {
    readonly id: string;
    readonly postings: {
      readonly edges: readonly { readonly node: { readonly amount: { readonly minor: string } } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    };
  };
}

const POSTINGS = /* GraphQL */ `
  query ($code: String!, $currency: String!, $first: Int!, $after: String) {
    ledgerAccount(code: $code, currency: $currency) {
      id
      postings(first: $first, after: $after) {
        edges { node { postingId transactionId kind amount { minor } reference transactionReference effectiveAt recordedAt } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

describe('a ledger account', () => {
  it('has the balance of any instant, by when it counts and by when we learnt of it', async () => {
    await using app = await startTestApp();
    const start = app.clock.now();
    const later = new Date(start.getTime() + DAY_MS);
    await post(app, owing(app, 100n));
    app.clock.set(later);
    await post(app, owing(app, 20n, start), owing(app, 3n));
    const query = /* GraphQL */ `
      query ($code: String!, $currency: String!, $at: DateTimeISO!) {
        ledgerAccount(code: $code, currency: $currency) {
          all: balance { minor }
          counted: balance(effectiveAt: $at) { minor }
          known: balance(recordedAt: $at) { minor }
        }
      }`;
    const clerk = await aFinanceClerk(app);
    expect(await app.query(query, { ...ACCOUNT, at: start }, clerk)).toEqual({
      ledgerAccount: { all: { minor: '-123' }, counted: { minor: '-120' }, known: { minor: '-100' } },
    });
    await app.services.ledger.seal();
    expect(await app.query(query, { ...ACCOUNT, at: start }, clerk)).toMatchObject({
      ledgerAccount: { all: { minor: '-123' }, counted: { minor: '-120' }, known: { minor: '-100' } },
    });
    const both = query.replace('recordedAt: $at', 'recordedAt: $at, effectiveAt: $at');
    const { errors } = await app.graphql(both, { ...ACCOUNT, at: start }, clerk);
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('says what is held and what is available', async () => {
    await using app = await startTestApp();
    await post(app, owing(app, 1_000n));
    const expiresAt = new Date(app.clock.now().getTime() + DAY_MS);
    const wanted = { account: OWED, currency: 'CNY', reference: 'payout 1', expiresAt };
    await app.platform.database.transaction(async (em) => {
      const first = await app.services.ledger.hold(em, { ...wanted, idempotencyKey: 'a', amountMinor: 300n });
      await app.services.ledger.voidHold(em, first.holdId, { reason: 'wrong' });
      await app.services.ledger.hold(em, { ...wanted, idempotencyKey: 'b', amountMinor: 400n });
    });
    const query = /* GraphQL */ `
      query ($code: String!, $currency: String!) {
        ledgerAccount(code: $code, currency: $currency) {
          kind overdraft balance { minor } available { minor } held { minor }
          holds { edges { node { amount { minor } state reference expiresAt } } }
        }
      }`;
    const hold = { reference: 'payout 1', expiresAt: expiresAt.toISOString() };
    expect(await app.query(query, ACCOUNT, await aFinanceClerk(app))).toEqual({
      ledgerAccount: {
        kind: 'LIABILITY',
        overdraft: 'ALLOWED',
        balance: { minor: '-1000' },
        available: { minor: '600' },
        held: { minor: '400' },
        holds: {
          edges: [
            { node: { ...hold, amount: { minor: '400' }, state: 'PENDING' } },
            { node: { ...hold, amount: { minor: '300' }, state: 'VOIDED' } },
          ],
        },
      },
    });
    app.clock.advance(DAY_MS);
    expect(await app.query(query, ACCOUNT, await aFinanceClerk(app))).toMatchObject({
      ledgerAccount: { available: { minor: '1000' }, held: { minor: '0' } },
    });
  });

  it('lists its postings, the last recorded first, page by page, without loss where many have one instant', async () => {
    await using app = await startTestApp();
    await post(app, owing(app, 1n), owing(app, 2n), owing(app, 3n));
    app.clock.advance(1_000);
    await post(app, owing(app, 4n), owing(app, 5n));
    const clerk = await aFinanceClerk(app);
    const seen = [];
    for (let after: string | null = null, more = true; more; ) {
      const { ledgerAccount }: Found = await app.query<Found>(POSTINGS, { ...ACCOUNT, first: 2, after }, clerk);
      seen.push(...ledgerAccount.postings.edges.map(({ node }) => node.amount.minor));
      ({ endCursor: after, hasNextPage: more } = ledgerAccount.postings.pageInfo);
    }
    expect(seen).toEqual(['-5', '-4', '-3', '-2', '-1']);
  });

  it('is found by its identifier, and is absent when nothing was posted on it', async () => {
    await using app = await startTestApp();
    await post(app, owing(app, 1n));
    const clerk = await aFinanceClerk(app);
    const { ledgerAccount } = await app.query<Found>(POSTINGS, { ...ACCOUNT, first: 1 }, clerk);
    const node = 'query ($id: ID!) { node(id: $id) { ... on LedgerAccount { code } } }';
    expect(await app.query(node, { id: ledgerAccount.id }, clerk)).toEqual({ node: { code: OWED.code } });
    const absent = await app.query(POSTINGS, { code: 'nobody', currency: 'CNY', first: 1 }, clerk);
    expect(absent).toEqual({ ledgerAccount: null });
  });

  it('costs as many statements for a hundred postings as for one', async () => {
    await using app = await startTestApp();
    await post(app, ...Array.from({ length: 100 }, () => owing(app, 1n)));
    const clerk = await aFinanceClerk(app);
    const ask = (first: number) => countQueries(app, () => app.query(POSTINGS, { ...ACCOUNT, first }, clerk));
    const one = await ask(1);
    expect(await ask(100)).toBe(one);
  });

  it('is for finance and admins only', async () => {
    await using app = await startTestApp();
    await post(app, owing(app, 1n));
    const owner = await aMember(app, { partnerId: (await aPartner(app)).id });
    const variables = { ...ACCOUNT, first: 1 };
    for (const who of [await aLearner(app), owner]) {
      const { errors } = await app.graphql(POSTINGS, variables, who);
      expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
    const { errors } = await app.graphql(POSTINGS, variables);
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
