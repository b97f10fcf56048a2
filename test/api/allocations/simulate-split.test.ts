import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { aContract, deduction, share } from '../../support/contracts.ts';
import { rawSql } from '../../support/ledger.ts';
import { aPaidOrder } from '../../support/orders.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const SIMULATE = /* GraphQL */ `
  query ($input: SimulateSplitInput!) {
    simulateSplit(input: $input) {
      contractId contractName versionNumber amount { amount currency }
      lines { party partner { id } amount { minor amount } basis { amount } term { clause } explanation }
    }
  }`;

interface Simulated {
  readonly simulateSplit: {
    readonly versionNumber: number;
    readonly lines: readonly {
      readonly party: string;
      readonly partner: { readonly id: string } | null;
      readonly amount: { readonly minor: string; readonly amount: string };
      readonly term: { readonly clause: string } | null;
      readonly explanation: string;
    }[];
  };
}

const terms = [
  deduction(1, { clause: '2.1' }),
  share(2, { clause: '3.1', percent: '20', basis: 'SALE', beneficiary: 'PLATFORM' }),
  share(3, { clause: '3.2', percent: '10', basis: 'SALE', beneficiary: 'CAMPAIGN_POOL' }),
  share(4, { clause: '4.1', percent: '85', beneficiary: 'CONTENT_OWNER' }),
];

async function aScene(app: TestApp) {
  const [owner, gym] = [await aPartner(app), await aPartner(app)];
  const parties = [{ partnerId: owner.id }, { partnerId: gym.id, role: 'PROMOTER' as const }];
  const contract = await aContract(app, { name: '联合推广', parties, versions: [{ terms }] });
  const content = await aContent(app, { partnerId: owner.id, priceMinor: 9_900n });
  return { owner, gym, contract, content };
}

describe('simulating a split', () => {
  it('says line by line who gets what and why: 99.00 with a fee of 0.59, a third of it by the gym', async () => {
    await using app = await startTestApp();
    const { owner, gym, contract, content } = await aScene(app);
    const credits = [
      { partnerId: globalId('Partner', gym.id), credit: '1/3' },
      { partnerId: globalId('Partner', owner.id), credit: '2/3' },
    ];
    const input = { contentId: globalId('Content', content.id), amount: '9900', providerFee: '59', credits };
    const { simulateSplit } = await app.query<Simulated>(SIMULATE, { input }, await aFinanceClerk(app));
    expect(simulateSplit).toMatchObject({
      contractId: globalId('Contract', contract.id),
      contractName: '联合推广',
      versionNumber: 1,
      amount: { amount: '99.00', currency: 'CNY' },
    });
    const lines = simulateSplit.lines.map(({ party, partner, amount, term }) => [
      party,
      partner?.id ?? null,
      amount.amount,
      term?.clause ?? null,
    ]);
    expect(lines).toEqual([
      ['PAYMENT_PROVIDER', null, '0.59', '2.1'],
      ['PLATFORM', null, '19.80', '3.1'],
      ['PARTNER', globalId('Partner', gym.id), '3.30', '3.2'],
      ['PARTNER', globalId('Partner', owner.id), '6.60', '3.2'],
      ['PARTNER', globalId('Partner', owner.id), '58.40', '4.1'],
      ['PLATFORM', null, '10.31', null],
    ]);
    expect(simulateSplit.lines[4]?.explanation).toBe('85% of 68.71 CNY, the rest at step 4 (clause 4.1).');
    expect(await rawSql(app, 'select count(*)::int as n from ledger_transactions')).toEqual([{ n: 0 }]);
  });

  it('is what the settlement of the same sale does', async () => {
    await using app = await startTestApp();
    const { content } = await aScene(app);
    const input = { contentId: globalId('Content', content.id), amount: '9900', providerFee: '59' };
    const { simulateSplit } = await app.query<Simulated>(SIMULATE, { input }, await aFinanceClerk(app));
    const order = await aPaidOrder(app, { contentIds: [content.id], feeMinor: 59n });
    await app.services.allocations.settleSales([order.id]);
    const settled = await rawSql(
      app,
      'select party, amount_minor::text as minor, explanation from allocation_shares order by position',
    );
    expect(
      simulateSplit.lines.map(({ party, amount, explanation }) => ({ party, minor: amount.minor, explanation })),
    ).toEqual(settled);
  });

  it('shows a version that nobody has signed yet, before it counts', async () => {
    await using app = await startTestApp();
    const owner = await aPartner(app);
    const all = [share(1, { percent: '100', beneficiary: 'CONTENT_OWNER' })];
    const versions = [{ terms }, { terms: all, recordedAt: null }];
    const contract = await aContract(app, { parties: [{ partnerId: owner.id }], versions });
    const member = await aMember(app, { partnerId: owner.id, role: 'VIEWER' });
    const input = { contractId: globalId('Contract', contract.id), amount: '10000' };
    const now = await app.query<Simulated>(SIMULATE, { input }, member);
    expect(now.simulateSplit.versionNumber).toBe(1);
    const then = await app.query<Simulated>(SIMULATE, { input: { ...input, versionNumber: 2 } }, member);
    expect(then.simulateSplit.lines.map(({ amount }) => amount.amount)).toEqual(['100.00']);
  });

  it('takes scope, tax, discount and what was counted before into account, and says so line by line', async () => {
    await using app = await startTestApp();
    const { owner, gym } = await aScene(app);
    const campaignId = app.platform.ids.next();
    const rules = [
      deduction(1, { clause: '1.1', cost: 'TAX' }),
      deduction(1, { clause: '1.2', cost: 'DISCOUNT', beneficiary: 'PLATFORM' }),
      share(2, {
        clause: '2.1',
        beneficiary: 'PLATFORM',
        percent: null,
        kind: 'TIERED',
        basis: 'SALE',
        tiers: [
          { from: '0', percent: '30' },
          { from: '100000', percent: '20' },
        ],
        window: 'QUARTER',
      }),
      share(3, { clause: '3.1', beneficiary: 'PARTNER', partnerId: gym.id, percent: '5', basis: 'SALE' }),
      share(3, { clause: '3.2', beneficiary: 'PARTNER', partnerId: gym.id, percent: '15', basis: 'SALE', campaignId }),
      share(4, { clause: '4.1', beneficiary: 'CONTENT_OWNER', percent: '100', capMinor: 5_000n, capWindow: 'MONTH' }),
    ];
    const parties = [{ partnerId: owner.id }, { partnerId: gym.id, role: 'PROMOTER' as const }];
    const contract = await aContract(app, {
      parties,
      state: 'PROPOSED',
      versions: [{ terms: rules, recordedAt: null }],
    });
    const input = {
      contractId: globalId('Contract', contract.id),
      versionNumber: 1,
      amount: '9000',
      discount: '1000',
      tax: '500',
      scope: { campaignId: globalId('Campaign', campaignId), channel: 'EMAIL' },
      counted: [
        { clause: '2.1', revenue: '95000' },
        { clause: '4.1', taken: '1000' },
      ],
    };
    const { simulateSplit } = await app.query<Simulated>(SIMULATE, { input }, await aFinanceClerk(app));
    const lines = simulateSplit.lines.map(({ amount, term, explanation }) => [
      term?.clause ?? null,
      amount.amount,
      explanation,
    ]);
    expect(lines.map(([clause, amount]) => [clause, amount])).toEqual([
      ['1.1', '5.00'],
      ['1.2', '-10.00'],
      ['2.1', '25.00'],
      ['3.2', '15.00'],
      ['4.1', '40.00'],
      [null, '15.00'],
    ]);
    expect(lines[2]?.[2]).toMatch(/30%.*50\.00.*20%.*50\.00/);
  });

  it('refuses a currency of no contract, a tax above the amount, and a content that is none', async () => {
    await using app = await startTestApp();
    const { contract } = await aScene(app);
    const clerk = await aFinanceClerk(app);
    const nowhere = globalId('Content', app.platform.ids.next());
    for (const [changes, field] of [
      [{ currency: 'EUR' }, 'currency'],
      [{ tax: '101' }, 'tax'],
      [{ discount: '-1' }, 'discount'],
      [{ counted: [{ clause: '3.1', revenue: '-1' }] }, 'counted.0.revenue'],
      [{ scope: { contentId: nowhere } }, 'scope.contentId'],
    ] as const) {
      const input = { contractId: globalId('Contract', contract.id), amount: '100', ...changes };
      const answer = await app.graphql(SIMULATE, { input }, clerk);
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field });
    }
  });

  it('is for finance, admins and parties: others learn nothing, not even whether the content exists', async () => {
    await using app = await startTestApp();
    const { gym, content, contract } = await aScene(app);
    const stranger = await aMember(app, { partnerId: (await aPartner(app)).id });
    const party = await aMember(app, { partnerId: gym.id });
    const inputs = [
      { contentId: globalId('Content', content.id), amount: '100' },
      { contractId: globalId('Contract', contract.id), amount: '100' },
    ];
    for (const input of inputs) {
      expect((await app.graphql(SIMULATE, { input }, party)).errors).toEqual([]);
      for (const who of [stranger, await aLearner(app)]) {
        expect((await app.graphql(SIMULATE, { input }, who)).errors[0]?.extensions).toMatchObject({
          code: 'FORBIDDEN',
        });
      }
      expect((await app.graphql(SIMULATE, { input })).errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    const unknown = { contentId: globalId('Content', app.platform.ids.next()), amount: '100' };
    const answer = await app.graphql(SIMULATE, { input: unknown }, stranger);
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('says that no contract is in force to those who may know', async () => {
    await using app = await startTestApp();
    const content = await aContent(app);
    const input = { contentId: globalId('Content', content.id), amount: '100' };
    const byClerk = await app.graphql(SIMULATE, { input }, await aFinanceClerk(app));
    expect(byClerk.errors[0]?.extensions).toMatchObject({ code: 'NO_CONTRACT_IN_FORCE' });
    const byStranger = await app.graphql(SIMULATE, { input }, await aLearner(app));
    expect(byStranger.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each([
    ['a negative amount', { amount: '-1' }],
    ['a negative fee', { providerFee: '-1' }],
    ['credits that do not sum to one', { credits: ['1/3', '1/3'] }],
    ['a credit that is no fraction', { credits: ['0.5', '1/2'] }],
    ['a credit of nobody', { credits: ['1'], creditOf: '00000000-0000-7000-8000-000000000000' }],
    ['a content and a contract at once', { contractId: globalId('Contract', '00000000-0000-7000-8000-000000000000') }],
    ['neither of them', { contentId: null }],
  ])('refuses %s', async (_, { creditOf, ...changes }: Record<string, unknown>) => {
    await using app = await startTestApp();
    const { gym, content } = await aScene(app);
    const credits = ((changes.credits ?? []) as string[]).map((credit) => ({
      partnerId: globalId('Partner', String(creditOf ?? gym.id)),
      credit,
    }));
    const input = { contentId: globalId('Content', content.id), amount: '100', ...changes, credits };
    const answer = await app.graphql(SIMULATE, { input }, await aFinanceClerk(app));
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
  });
});
