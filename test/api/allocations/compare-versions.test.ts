import { describe, expect, it } from 'vitest';
import type { TermProposal } from '../../../src/contracts/index.ts';
import { globalId } from '../../../src/shared/global-id.ts';
import { amend } from '../../support/amendments.ts';
import { aContent } from '../../support/contents.ts';
import { aContract, share } from '../../support/contracts.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aPaidOrder } from '../../support/orders.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { aPartialRefund } from '../../support/returns.ts';
import { balances } from '../../support/settlement.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const COMPARE = /* GraphQL */ `
  query ($input: CompareVersionsInput!, $first: Int, $after: String) {
    compareVersions(input: $input) {
      versionNumber period saleCount
      totals { party partner { id } standing { amount currency } proposed { amount } difference { amount } }
      sales(first: $first, after: $after) {
        edges { cursor node { soldAt amount { amount } standingVersion parties { party difference { amount } } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

interface Compared {
  readonly compareVersions: {
    readonly saleCount: number;
    readonly totals: readonly {
      readonly party: string;
      readonly partner: { readonly id: string } | null;
      readonly standing: { readonly amount: string };
      readonly proposed: { readonly amount: string };
      readonly difference: { readonly amount: string };
    }[];
    readonly sales: {
      readonly edges: readonly { readonly node: { readonly standingVersion: number; readonly parties: unknown[] } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

const tiers = [
  { from: '0', percent: '50' },
  { from: '15000', percent: '70' },
];
const proposal: readonly TermProposal[] = [
  share(1, { beneficiary: 'CONTENT_OWNER', percent: null, kind: 'TIERED', basis: 'SALE', tiers, window: 'MONTH' }),
];
const current = [share(1, { beneficiary: 'CONTENT_OWNER', percent: '60', basis: 'SALE' })];

/** Three sales of 100.00 in October, one of them half refunded, and one in November. */
async function aScene(app: TestApp) {
  const { id: partnerId } = await aPartner(app);
  const contract = await aContract(app, { parties: [{ partnerId }], versions: [{ terms: current }] });
  await amend(app, contract.id, {
    number: 2,
    recordedAt: null,
    effectiveFrom: new Date('2027-01-01T00:00:00Z'),
    terms: proposal,
  });
  const content = await aContent(app, { partnerId, priceMinor: 10_000n });
  const orders = [];
  for (const paidAt of [
    '2026-10-02T00:00:00Z',
    '2026-10-03T00:00:00Z',
    '2026-10-04T00:00:00Z',
    '2026-11-04T00:00:00Z',
  ]) {
    const order = await aPaidOrder(app, { contentIds: [content.id], feeMinor: 0n, paidAt: new Date(paidAt) });
    await app.services.allocations.settleSales([order.id]);
    orders.push(order);
  }
  const [first] = orders;
  if (first) await app.services.allocations.settleRefunds([await aPartialRefund(app, first, { amountMinor: 5_000n })]);
  const input = { contractId: globalId('Contract', contract.id), versionNumber: 2, period: '2026-10' };
  return { partnerId, input };
}

function linesOf({ compareVersions }: Compared) {
  return compareVersions.totals.map(({ party, standing, proposed, difference }) => [
    party,
    standing.amount,
    proposed.amount,
    difference.amount,
  ]);
}

describe('comparing versions', () => {
  it('replays a past month under a version that nobody has signed, and books nothing', async () => {
    await using app = await startTestApp();
    const { input, partnerId } = await aScene(app);
    const before = await balances(app);
    const clerk = await aFinanceClerk(app);
    const compared = await app.query<Compared>(COMPARE, { input, first: 2 }, clerk);
    // 50 % of 150.00 and 70 % of 150.00, of which half of the first 50.00 went back: 155.00, where 150.00 stands.
    expect(linesOf(compared)).toEqual([
      ['PARTNER', '150.00', '155.00', '5.00'],
      ['PLATFORM', '100.00', '95.00', '-5.00'],
    ]);
    expect(compared.compareVersions.totals[0]?.partner).toEqual({ id: globalId('Partner', partnerId) });
    expect(compared.compareVersions.saleCount).toBe(3);
    const { sales } = compared.compareVersions;
    expect(sales.edges.map(({ node }) => node.parties)).toEqual([
      [
        { party: 'PARTNER', difference: { amount: '-5.00' } },
        { party: 'PLATFORM', difference: { amount: '5.00' } },
      ],
      [
        { party: 'PARTNER', difference: { amount: '0.00' } },
        { party: 'PLATFORM', difference: { amount: '0.00' } },
      ],
    ]);
    expect(sales.pageInfo.hasNextPage).toBe(true);
    const next = await app.query<Compared>(COMPARE, { input, first: 2, after: sales.pageInfo.endCursor }, clerk);
    expect(next.compareVersions.sales.edges).toHaveLength(1);
    expect(next.compareVersions.sales.pageInfo.hasNextPage).toBe(false);
    expect(await balances(app)).toEqual(before);
  });

  it('says that a version would change nothing where it is the one that stands', async () => {
    await using app = await startTestApp();
    const { input } = await aScene(app);
    const compared = await app.query<Compared>(
      COMPARE,
      { input: { ...input, versionNumber: 1 } },
      await aFinanceClerk(app),
    );
    expect(linesOf(compared).map(([, , , difference]) => difference)).toEqual(['0.00', '0.00']);
  });

  it('shows a party its own part, and strangers nothing', async () => {
    await using app = await startTestApp();
    const { input, partnerId } = await aScene(app);
    const member = await aMember(app, { partnerId });
    expect(linesOf(await app.query<Compared>(COMPARE, { input }, member))).toEqual([
      ['PARTNER', '150.00', '155.00', '5.00'],
    ]);
    const stranger = await aMember(app, { partnerId: (await aPartner(app)).id });
    for (const who of [stranger, await aLearner(app)]) {
      const answer = await app.graphql(COMPARE, { input }, who);
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect((await app.graphql(COMPARE, { input })).errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('refuses months, versions and cursors that are none, and answers an empty month with nothing', async () => {
    await using app = await startTestApp();
    const { input } = await aScene(app);
    const clerk = await aFinanceClerk(app);
    for (const [changes, page] of [
      [{ period: '2026-13' }, {}],
      [{ versionNumber: 9 }, {}],
      [{}, { after: Buffer.from('["nobody"]').toString('base64url') }],
    ] as const) {
      const answer = await app.graphql(COMPARE, { input: { ...input, ...changes }, ...page }, clerk);
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
    }
    const empty = await app.query<Compared>(COMPARE, { input: { ...input, period: '2026-01' } }, clerk);
    expect(empty.compareVersions).toMatchObject({ saleCount: 0, totals: [] });
  });

  it('sends as many statements for three sales as for one', async () => {
    await using app = await startTestApp();
    const { input } = await aScene(app);
    const clerk = await aFinanceClerk(app);
    const ask = (period: string) => app.query(COMPARE, { input: { ...input, period } }, clerk);
    await ask('2026-11');
    const one = await countQueries(app, () => ask('2026-11'));
    expect(await countQueries(app, () => ask('2026-10'))).toBe(one);
  });
});
