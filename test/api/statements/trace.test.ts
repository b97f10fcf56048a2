import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { aContract, share } from '../../support/contracts.ts';
import { countQueries } from '../../support/count-queries.ts';
import { tamper } from '../../support/ledger.ts';
import { aPaidOrder, aSettledRefund } from '../../support/orders.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { aTouchpoint, recordPurchase } from '../../support/settlement.ts';
import { aSale, aSupplier } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const TRACE = /* GraphQL */ `
  query ($partnerId: ID!, $first: Int = 20) {
    statement(partnerId: $partnerId, period: "2026-11") {
      lines(first: $first) {
        edges {
          node {
            kind amount { amount }
            trace {
              explanation
              order { orderId total { amount } price { amount } refundReason content { title } }
              payment { provider reference fee { amount } }
              allocation { kind amount { amount } period shares { party amount { amount } partner { id } term { clause } } }
              contract { contractId name versionNumber term { clause percent } }
              touchpoint { campaignId campaignName channel kind occurredAt credit partner { id } }
              recompute { equal amount { amount } }
            }
          }
        }
      }
    }
  }`;

interface Traced {
  readonly statement: {
    readonly lines: { readonly edges: readonly { readonly node: { readonly trace: Record<string, unknown> } }[] };
  };
}

interface WithShares {
  readonly allocation: { readonly shares: readonly { readonly amount: { readonly amount: string } }[] };
}

const MILLION = 'Join the million';

/** 100.00 sold: 10 % pool by credit, the rest to the owner; two contacts of the gym, one of the bank. */
async function aCampaignSale(app: TestApp) {
  const [owner, gym, bank] = [await aPartner(app), await aPartner(app), await aPartner(app)];
  const terms = [
    share(1, { clause: '4.2', percent: '10', basis: 'SALE', beneficiary: 'CAMPAIGN_POOL' }),
    share(2, { clause: '5.1', percent: '100', beneficiary: 'CONTENT_OWNER' }),
  ];
  const versions = [{ poolModel: 'LINEAR' as const, terms }];
  const contract = await aContract(app, { name: MILLION, parties: [{ partnerId: owner.id }], versions });
  const content = await aContent(app, { partnerId: owner.id, priceMinor: 10_000n });
  const learner = await aLearner(app);
  for (const [hour, { id: partnerId }] of [
    [1, gym],
    [2, bank],
    [3, gym],
  ] as const) {
    const occurredAt = new Date(Date.UTC(2026, 10, 1, hour));
    await aTouchpoint(app, { userId: learner.id, partnerId, occurredAt, channel: 'SOCIAL' });
  }
  const order = await aPaidOrder(app, { contentIds: [content.id], userId: learner.id, feeMinor: 60n });
  await recordPurchase(app, order);
  await app.services.allocations.settleSales([order.id]);
  return { owner, gym, bank, contract, order };
}

describe('the trace of a line', () => {
  it('leads to order, payment, split, clause and contact, and computes the split again', async () => {
    await using app = await startTestApp();
    const { bank, contract, order } = await aCampaignSale(app);
    const clerk = await aFinanceClerk(app);
    const { statement } = await app.query<Traced>(TRACE, { partnerId: globalId('Partner', bank.id) }, clerk);
    expect(statement.lines.edges).toHaveLength(1);
    expect(statement.lines.edges[0]?.node).toMatchObject({
      kind: 'SALE',
      amount: { amount: '3.33' },
      trace: {
        explanation:
          'Credit of 1/3 in the campaign pool of 10.00 CNY, which is 10% of 100.00 CNY, the whole sale (clause 4.2).',
        order: { orderId: globalId('Order', order.id), total: { amount: '100.00' }, refundReason: null },
        payment: { provider: 'sandbox', reference: `sbx_${order.id}`, fee: { amount: '0.60' } },
        allocation: { kind: 'SALE', amount: { amount: '100.00' }, period: '2026-11' },
        contract: {
          contractId: globalId('Contract', contract.id),
          name: MILLION,
          versionNumber: 1,
          term: { clause: '4.2', percent: '10' },
        },
        touchpoint: {
          channel: 'SOCIAL',
          kind: 'CLICK',
          occurredAt: '2026-11-01T02:00:00.000Z',
          credit: '1/3',
          partner: { id: globalId('Partner', bank.id) },
        },
        recompute: { equal: true, amount: { amount: '3.33' } },
      },
    });
  });

  it('shows all parts of the split to finance, and to a partner its own', async () => {
    await using app = await startTestApp();
    const { gym } = await aCampaignSale(app);
    const partnerId = globalId('Partner', gym.id);
    const partsSeenBy = async (who: { token: string }) => {
      const { statement } = await app.query<Traced>(TRACE, { partnerId }, who);
      const traces = statement.lines.edges.map(({ node }) => node.trace as unknown as WithShares);
      return traces[0]?.allocation.shares.map(({ amount }) => amount.amount);
    };
    expect(await partsSeenBy(await aFinanceClerk(app))).toEqual(['3.34', '3.33', '3.33', '90.00', '0.60', '-0.60']);
    expect(await partsSeenBy(await aMember(app, { partnerId: gym.id }))).toEqual(['3.34', '3.33']);
  });

  it('traces a refund to its sale, and computes both again', async () => {
    await using app = await startTestApp();
    const { bank, order } = await aCampaignSale(app);
    await app.services.allocations.settleRefunds([await aSettledRefund(app, order)]);
    const clerk = await aFinanceClerk(app);
    const { statement } = await app.query<Traced>(TRACE, { partnerId: globalId('Partner', bank.id) }, clerk);
    expect(statement.lines.edges.map(({ node }) => node)).toContainEqual(
      expect.objectContaining({
        kind: 'REFUND',
        amount: { amount: '-3.33' },
        trace: expect.objectContaining({
          explanation:
            '100.00 CNY of 100.00 CNY is refunded in all: of the 3.33 CNY that the sale gave, 3.33 CNY has gone back.',
          touchpoint: expect.objectContaining({ credit: '1/3' }),
          recompute: { equal: true, amount: { amount: '-3.33' } },
        }),
      }),
    );
  });

  it.each([
    ['an amount of the split', 'update allocation_shares set amount_minor = amount_minor + 1 where position = 1'],
    ['a posting', 'update ledger_postings set amount_minor = amount_minor - 1 where amount_minor = -333'],
    ['a percentage of the contract', "update contract_terms set percent = '11' where percent = '10'"],
    [
      'a credit',
      `update allocations set facts = jsonb_set(facts, '{credits,0,credit}', '"1/6"')
                  || jsonb_build_object('credits', jsonb_set(facts -> 'credits', '{0,partnerId}', facts -> 'credits' -> 1 -> 'partnerId'))`,
    ],
  ])('says that the split is not what it was once somebody changed %s', async (_, change) => {
    await using app = await startTestApp();
    const { bank } = await aCampaignSale(app);
    await tamper(app, change);
    const { statement } = await app.query<Traced>(
      TRACE,
      { partnerId: globalId('Partner', bank.id) },
      await aFinanceClerk(app),
    );
    expect(statement.lines.edges[0]?.node.trace.recompute).toMatchObject({ equal: false });
  });

  it('sends as many statements for thirty lines as for one', async () => {
    await using app = await startTestApp();
    const supplier = await aSupplier(app);
    const clerk = await aFinanceClerk(app);
    for (let n = 0; n < 30; n++) await aSale(app, supplier, '2026-11-01T00:00:00Z');
    const ask = (first: number) => app.query(TRACE, { partnerId: supplier.globalId, first }, clerk);
    const one = await countQueries(app, () => ask(1));
    const thirty = await countQueries(app, () => ask(30));
    expect(thirty).toBe(one);
  });
});
