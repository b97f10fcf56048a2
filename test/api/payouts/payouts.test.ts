import { describe, expect, it } from 'vitest';
import { countQueries } from '../../support/count-queries.ts';
import { aMember } from '../../support/partners.ts';
import { aBatch, moveBatch } from '../../support/payout-operations.ts';
import { anEarning, aPayee } from '../../support/payouts.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../../support/people.ts';
import { close } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const NOW = new Date('2026-11-05T08:00:00Z');
const OCTOBER = new Date('2026-10-20T00:00:00Z');

/** Two partners, each paid in three currencies by a batch a currency, of which the first is cancelled. */
async function aScene(app: TestApp) {
  const [one, other] = [await aPayee(app), await aPayee(app)];
  const currencies = ['CNY', 'EUR', 'JPY'];
  for (const currency of currencies) {
    for (const { id } of [one, other]) await anEarning(app, id, { amountMinor: 500n, currency, at: OCTOBER });
    await anEarning(app, (await aPayee(app, { account: null })).id, { amountMinor: 1n, currency, at: OCTOBER });
  }
  await close(app, '2026-10');
  const clerk = await aFinanceClerk(app);
  const batches = [];
  for (const currency of currencies) {
    app.clock.advance(1_000);
    batches.push(await aBatch(app, clerk, { currency }));
  }
  await moveBatch(app, clerk, { step: 'cancel', batchId: batches[0]?.id ?? '' });
  return { one, other, clerk, batches };
}

const PAYOUTS = /* GraphQL */ `
  query ($first: Int = 20, $after: String, $filter: PayoutFilter = {}) {
    payouts(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          id state amount { amount } partner { id } batch { id } details { account }
          steps { from to reason reference }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`;

interface Payouts {
  readonly payouts: {
    readonly edges: readonly {
      readonly node: {
        readonly id: string;
        readonly state: string;
        readonly partner: { readonly id: string };
        readonly batch: { readonly id: string } | null;
        readonly details: { readonly account: string };
      };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

describe('the list of payouts', () => {
  it('has all of them for finance, by state and partner, page by page', async () => {
    await using app = await startTestApp({ now: NOW });
    const { one, clerk } = await aScene(app);
    const ask = async (variables: object) => (await app.query<Payouts>(PAYOUTS, { ...variables }, clerk)).payouts;
    expect((await ask({})).edges).toHaveLength(6);
    expect((await ask({ filter: { state: 'CANCELLED' } })).edges).toHaveLength(2);
    const ofOne = await ask({ filter: { state: 'PENDING', partnerId: one.globalId } });
    expect(ofOne.edges.map(({ node }) => [node.partner.id, node.state])).toEqual([
      [one.globalId, 'PENDING'],
      [one.globalId, 'PENDING'],
    ]);
    const seen = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: Payouts['payouts'] = await ask({ first: 4, after });
      seen.push(...page.edges.map(({ node }) => node.id));
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    expect(new Set(seen).size).toBe(6);
  });

  it('has those of the own partner for its people, with the end of the account and without the batch', async () => {
    await using app = await startTestApp({ now: NOW });
    const { one, other, clerk } = await aScene(app);
    const readers = [one.owner];
    for (const role of ['MANAGER', 'FINANCE'] as const) readers.push(await aMember(app, { partnerId: one.id, role }));
    for (const reader of readers) {
      const { edges } = (await app.query<Payouts>(PAYOUTS, {}, reader)).payouts;
      expect(edges).toHaveLength(3);
      for (const { node } of edges) {
        expect(node).toMatchObject({ partner: { id: one.globalId }, batch: null, details: { account: '••••3000' } });
      }
      const foreign = app.query(PAYOUTS, { filter: { partnerId: other.globalId } }, reader);
      await expect(foreign).rejects.toThrow(/may not/);
    }
    const [first] = (await app.query<Payouts>(PAYOUTS, {}, clerk)).payouts.edges;
    expect(first?.node.details.account).toBe('DE89370400440532013000');
    expect(first?.node.batch).not.toBeNull();
    const viewer = await aMember(app, { partnerId: one.id, role: 'VIEWER' });
    for (const who of [viewer, await aLearner(app)]) {
      expect((await app.query<Payouts>(PAYOUTS, {}, who)).payouts.edges).toEqual([]);
    }
    await expect(app.query(PAYOUTS)).rejects.toThrow(/Log in/);
  });

  it('takes the same number of statements whatever its length', async () => {
    await using app = await startTestApp({ now: NOW });
    const { clerk } = await aScene(app);
    await app.query(PAYOUTS, { first: 1 }, clerk);
    const few = await countQueries(app, () => app.query(PAYOUTS, { first: 1 }, clerk));
    expect(await countQueries(app, () => app.query(PAYOUTS, { first: 6 }, clerk))).toBe(few);
  });
});

const BATCHES = /* GraphQL */ `
  query ($first: Int = 20, $parts: Int = 1, $filter: PayoutBatchFilter = {}) {
    payoutBatches(first: $first, filter: $filter) {
      edges {
        node {
          id state
          payouts(first: $parts) { edges { node { partner { id } } } pageInfo { hasNextPage endCursor } }
          exclusions(first: $parts) { edges { node { reason partner { id } } } }
          steps { to }
        }
      }
      pageInfo { hasNextPage }
    }
  }`;

interface Batches {
  readonly payoutBatches: {
    readonly edges: readonly {
      readonly node: {
        readonly id: string;
        readonly payouts: {
          readonly edges: readonly unknown[];
          readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
        };
        readonly exclusions: { readonly edges: readonly unknown[] };
      };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean };
  };
}

describe('the list of batches', () => {
  it('has the newest first, by state, with pages of payouts and of who was left out, in a bounded number of statements', async () => {
    await using app = await startTestApp({ now: NOW });
    const { clerk, batches } = await aScene(app);
    const ask = async (variables: object) => (await app.query<Batches>(BATCHES, { ...variables }, clerk)).payoutBatches;
    const all = await ask({});
    expect(all.edges.map(({ node }) => node.id)).toEqual(batches.map(({ id }) => id).toReversed());
    for (const { node } of all.edges) {
      expect(node).toMatchObject({ payouts: { pageInfo: { hasNextPage: true } }, exclusions: { edges: [{}] } });
      expect(node.payouts.edges).toHaveLength(1);
    }
    expect((await ask({ first: 2 })).pageInfo.hasNextPage).toBe(true);
    expect((await ask({ filter: { state: 'CANCELLED' } })).edges.map(({ node }) => node.id)).toEqual([batches[0]?.id]);
    const few = await countQueries(app, () => ask({ first: 1 }));
    expect(await countQueries(app, () => ask({ first: 3, parts: 2 }))).toBe(few);
    const after = all.edges[0]?.node.payouts.pageInfo.endCursor;
    const rest = await app.query<{ payoutBatch: Batches['payoutBatches']['edges'][number]['node'] }>(
      'query ($id: ID!, $after: String) { payoutBatch(id: $id) { payouts(first: 1, after: $after) { edges { node { id } } pageInfo { hasNextPage } } } }',
      { id: batches[2]?.id, after },
      clerk,
    );
    expect(rest.payoutBatch.payouts.edges).toHaveLength(1);
    expect(rest.payoutBatch.payouts.pageInfo.hasNextPage).toBe(false);
  });
});

const MUTATIONS: readonly (readonly [string, string, (ids: { batch: string; payout: string }) => object])[] = [
  [
    'createPayoutBatch',
    'CreatePayoutBatchInput',
    () => ({ currency: 'CNY', cutOffAt: NOW, idempotencyKey: 'not-for-you' }),
  ],
  ['approvePayoutBatch', 'PayoutBatchStepInput', ({ batch }) => ({ batchId: batch, reason: 'So.' })],
  ['cancelPayoutBatch', 'PayoutBatchStepInput', ({ batch }) => ({ batchId: batch, reason: 'So.' })],
  ['markPayoutBatchSent', 'PayoutBatchStepInput', ({ batch }) => ({ batchId: batch, reason: 'So.' })],
  [
    'recordPayoutResult',
    'RecordPayoutResultInput',
    ({ payout }) => ({ payoutId: payout, outcome: 'PAID', reference: 'B', idempotencyKey: 'not-for-you' }),
  ],
  [
    'recordPayoutResults',
    'RecordPayoutResultsInput',
    ({ payout }) => ({
      results: [{ payoutId: payout, outcome: 'PAID', reference: 'B' }],
      idempotencyKey: 'not-for-you',
    }),
  ],
];

describe('moving money', () => {
  it('is for finance and admins alone, and batches are seen by nobody else', async () => {
    await using app = await startTestApp({ now: NOW });
    const { one, batches, clerk } = await aScene(app);
    const batch = batches[2]?.id ?? '';
    const payout = batches[2]?.payouts.edges[0]?.node.id ?? '';
    const others = [one.owner, await aMember(app, { partnerId: one.id, role: 'FINANCE' }), await aLearner(app), {}];
    for (const who of others) {
      const expected = 'id' in who ? 'FORBIDDEN' : 'UNAUTHENTICATED';
      for (const [name, input, make] of MUTATIONS) {
        const query = `mutation ($input: ${input}!) { ${name}(input: $input) { ... on UserError { code } } }`;
        const answer = await app.query<object>(query, { input: make({ batch, payout }) }, who);
        expect(answer).toEqual({ [name]: { code: expected } });
      }
      await expect(app.query(BATCHES, {}, who)).rejects.toThrow(/may not|Log in/);
      const query = 'query ($id: ID!) { payoutBatch(id: $id) { id } node(id: $id) { id } }';
      expect(await app.query(query, { id: batch }, who)).toEqual({ payoutBatch: null, node: null });
    }
    for (const who of [clerk, await anAdmin(app)]) {
      expect((await app.query<Batches>(BATCHES, {}, who)).payoutBatches.edges).toHaveLength(3);
    }
  });

  it('shows a payout by its identifier to its own partner and to finance, and to nobody else', async () => {
    await using app = await startTestApp({ now: NOW });
    const { one, other, batches, clerk } = await aScene(app);
    const mine = batches[2]?.payouts.edges.find(({ node }) => node.partner.id === one.globalId)?.node.id;
    const query = 'query ($id: ID!) { payout(id: $id) { id } node(id: $id) { id } }';
    const ask = (who: { token?: string }) => app.query(query, { id: mine }, who);
    for (const who of [one.owner, clerk]) expect(await ask(who)).toEqual({ payout: { id: mine }, node: { id: mine } });
    for (const who of [other.owner, await aLearner(app), {}]) {
      expect(await ask(who)).toEqual({ payout: null, node: null });
    }
  });
});
