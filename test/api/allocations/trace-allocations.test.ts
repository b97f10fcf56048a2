import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { unequalAllocations } from '../../support/allocation-audit.ts';
import { amend } from '../../support/amendments.ts';
import { aContent } from '../../support/contents.ts';
import { aContract, deduction, share } from '../../support/contracts.ts';
import { tamper } from '../../support/ledger.ts';
import { aPaidOrder } from '../../support/orders.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk } from '../../support/people.ts';
import { aPartialRefund } from '../../support/returns.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const TRACE = /* GraphQL */ `
  query ($partnerId: ID!) {
    statement(partnerId: $partnerId, period: "2026-11") {
      lines(first: 10) {
        edges {
          node {
            kind amount { amount }
            trace {
              contract { versionNumber term { clause } }
              allocation {
                kind amount { amount }
                counters { kind window before { amount } added { amount } }
                superseded { versionNumber shares { party amount { amount } } }
              }
              recompute { equal }
            }
          }
        }
      }
    }
  }`;

interface Traced {
  readonly statement: { readonly lines: { readonly edges: readonly { readonly node: Record<string, unknown> }[] } };
}

const tiered = (percent: string) => [
  deduction(1, { clause: '1.1' }),
  share(2, {
    clause: '2.1',
    beneficiary: 'CONTENT_OWNER',
    percent: null,
    kind: 'TIERED',
    basis: 'SALE',
    tiers: [
      { from: '0', percent: '50' },
      { from: '10000', percent },
    ],
    window: 'MONTH',
  }),
];

/** Two sales of 100.00 under tiers, the second a quarter refunded, then the upper tier raised from 60 % to 70 %. */
async function aScene(app: TestApp) {
  const { id: partnerId } = await aPartner(app);
  const contract = await aContract(app, { parties: [{ partnerId }], versions: [{ terms: tiered('60') }] });
  const content = await aContent(app, { partnerId, priceMinor: 10_000n });
  const { allocations } = app.services;
  const orders = [];
  for (let n = 0; n < 2; n++) {
    const order = await aPaidOrder(app, { contentIds: [content.id], feeMinor: 0n });
    await allocations.settleSales([order.id]);
    orders.push(order);
  }
  if (orders[1]) await allocations.settleRefunds([await aPartialRefund(app, orders[1], { amountMinor: 2_500n })]);
  const effectiveFrom = new Date('2026-10-31T16:00:00Z');
  await amend(app, contract.id, { number: 2, effectiveFrom, terms: tiered('70') });
  await allocations.reallocate(contract.id);
  return { partnerId, contractId: contract.id };
}

describe('the trace of an allocation', () => {
  it('shows what was counted and which splits were superseded, and computes every kind again', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const { partnerId } = await aScene(app);
    const { statement } = await app.query<Traced>(
      TRACE,
      { partnerId: globalId('Partner', partnerId) },
      await aFinanceClerk(app),
    );
    const nodes = statement.lines.edges.map(({ node }) => node);
    expect(nodes.map(({ kind, amount }) => [kind, (amount as { amount: string }).amount]).sort()).toEqual([
      ['REALLOCATION', '7.50'],
      ['REFUND', '-15.00'],
      ['SALE', '50.00'],
      ['SALE', '60.00'],
    ]);
    expect(nodes.map(({ trace }) => (trace as { recompute: unknown }).recompute)).toEqual(
      nodes.map(() => ({ equal: true })),
    );
    expect(nodes.find(({ kind }) => kind === 'REALLOCATION')?.trace).toMatchObject({
      contract: { versionNumber: 2, term: { clause: '2.1' } },
      allocation: {
        kind: 'REALLOCATION',
        amount: { amount: '100.00' },
        counters: [{ kind: 'COUNTED', window: '2026-11', before: { amount: '100.00' }, added: { amount: '100.00' } }],
        superseded: [
          {
            versionNumber: 1,
            shares: [
              { party: 'PAYMENT_PROVIDER', amount: { amount: '0.00' } },
              { party: 'PARTNER', amount: { amount: '60.00' } },
              { party: 'PLATFORM', amount: { amount: '40.00' } },
            ],
          },
        ],
      },
    });
  });

  it('shows a partner of a superseded split its own part alone', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const { partnerId } = await aScene(app);
    const member = await aMember(app, { partnerId });
    const { statement } = await app.query<Traced>(TRACE, { partnerId: globalId('Partner', partnerId) }, member);
    const traced = statement.lines.edges.find(({ node }) => node.kind === 'REALLOCATION')?.node.trace;
    expect(traced).toMatchObject({
      allocation: { superseded: [{ shares: [{ party: 'PARTNER', amount: { amount: '60.00' } }] }] },
    });
  });

  it.each([
    [
      'what a clause had counted',
      `update allocations set facts = jsonb_set(facts, '{counters,0,beforeMinor}', '"9000"') where facts ? 'counters'`,
    ],
    [
      'what a sale added',
      `update allocations set facts = jsonb_set(facts, '{counters,0,addedMinor}', '"9999"') where facts ? 'counters'`,
    ],
    [
      'what was returned',
      `update allocations set facts = jsonb_set(facts, '{returnedMinor}', '"2400"') where kind = 'REALLOCATION'`,
    ],
    ['what was posted', `update allocation_shares set posted_minor = posted_minor + 1 where posted_minor = 750`],
    [
      'a superseded split',
      `update contract_terms set tiers = '[{"from":"0","percent":"51"}]' where tiers @> '[{"percent":"60"}]'`,
    ],
  ])('says so once somebody changed %s', async (_, change) => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const { contractId } = await aScene(app);
    expect(await unequalAllocations(app, contractId)).toEqual([]);
    await tamper(app, change);
    expect(await unequalAllocations(app, contractId)).not.toEqual([]);
  });

  it('computes allocations again that were made before clauses had a scope', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    const contract = await aContract(app, { parties: [{ partnerId }] });
    const content = await aContent(app, { partnerId, priceMinor: 10_000n });
    const order = await aPaidOrder(app, { contentIds: [content.id] });
    const { allocations } = app.services;
    await allocations.settleSales([order.id]);
    await tamper(app, `update allocations set facts = facts - 'scope' - 'discountMinor'`);
    await allocations.settleRefunds([await aPartialRefund(app, order, { amountMinor: 3_333n })]);
    expect(await unequalAllocations(app, contract.id)).toEqual([]);
    const terms = [share(1, { beneficiary: 'CONTENT_OWNER', percent: '80', basis: 'SALE', contentId: content.id })];
    await amend(app, contract.id, {
      number: 2,
      effectiveFrom: new Date('2026-01-01T00:00:00Z'),
      terms,
    });
    expect(await allocations.reallocate(contract.id)).toEqual({ allocations: 1 });
    await allocations.settleRefunds([await aPartialRefund(app, order, { amountMinor: 100n })]);
    expect(await unequalAllocations(app, contract.id)).toEqual([]);
  });
});
