import { expect, it } from 'vitest';
import type { PoolModel } from '../../../src/contracts/index.ts';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { versionInput } from '../../support/contract-operations.ts';
import { aContract, share } from '../../support/contracts.ts';
import { aPaidOrder } from '../../support/orders.ts';
import { aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { aTouchpoint, recordPurchase } from '../../support/settlement.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const TRACE = /* GraphQL */ `
  query ($partnerId: ID!) {
    statement(partnerId: $partnerId, period: "2026-11") {
      lines(first: 20) { edges { node {
        amount { amount }
        trace { touchpoint { credit } recompute { equal amount { amount } } }
      } } }
    }
  }`;

interface Line {
  readonly amount: { readonly amount: string };
  readonly trace: { readonly touchpoint: { readonly credit: string }; readonly recompute: { readonly equal: boolean } };
}

/** 100.00 sold with 10.00 for those who led to it: the gym, the bank an hour later, the same of the gym once more. */
async function aPooledSale(app: TestApp, poolModel: PoolModel) {
  const [owner, gym, bank] = [await aPartner(app), await aPartner(app), await aPartner(app)];
  const terms = [
    share(1, { clause: '4.2', percent: '10', basis: 'SALE', beneficiary: 'CAMPAIGN_POOL' }),
    share(2, { clause: '5.1', percent: '100', beneficiary: 'CONTENT_OWNER' }),
  ];
  await aContract(app, { parties: [{ partnerId: owner.id }], versions: [{ poolModel, terms }] });
  const content = await aContent(app, { partnerId: owner.id, priceMinor: 10_000n });
  const { id: userId } = await aLearner(app);
  const at = (hour: number) => new Date(Date.UTC(2026, 10, 1, hour));
  const { campaignId } = await aTouchpoint(app, { userId, partnerId: gym.id, occurredAt: at(1) });
  await aTouchpoint(app, { userId, partnerId: bank.id, occurredAt: at(2) });
  await aTouchpoint(app, { userId, partnerId: gym.id, campaignId, occurredAt: at(3) });
  const order = await aPaidOrder(app, { contentIds: [content.id], userId });
  await recordPurchase(app, order);
  await app.services.allocations.settleSales([order.id]);
  return { gym, bank };
}

it.each([
  { model: 'FIRST_TOUCH', gym: ['1 10.00'], bank: [] },
  { model: 'LAST_TOUCH', gym: ['1 10.00'], bank: [] },
  { model: 'LINEAR', gym: ['1/3 3.33', '1/3 3.34'], bank: ['1/3 3.33'] },
  { model: 'POSITION', gym: ['2/5 4.00', '2/5 4.00'], bank: ['1/5 2.00'] },
  // 2^(-2/168) : 2^(-1/168) : 1
  {
    model: 'TIME_DECAY',
    gym: ['331958991/1000000000 3.32', '334709567/1000000000 3.35'],
    bank: ['166665721/500000000 3.33'],
  },
  { model: 'SHAPLEY', gym: ['1/4 2.50', '1/4 2.50'], bank: ['1/2 5.00'] },
] as const)('a pool is shared by $model, and each line computes again', async ({ model, ...expected }) => {
  await using app = await startTestApp();
  const partners = await aPooledSale(app, model);
  const clerk = await aFinanceClerk(app);
  for (const who of ['gym', 'bank'] as const) {
    const variables = { partnerId: globalId('Partner', partners[who].id) };
    const data = await app.query<{ statement: { lines: { edges: { node: Line }[] } } | null }>(TRACE, variables, clerk);
    const lines = data.statement?.lines.edges.map(({ node }) => node) ?? [];
    expect(lines.map(({ amount, trace }) => `${trace.touchpoint.credit} ${amount.amount}`).sort()).toEqual(
      expected[who],
    );
    for (const { amount, trace } of lines) expect(trace.recompute).toEqual({ equal: true, amount });
  }
});

it('no pool is shared by what is learnt from others', async () => {
  await using app = await startTestApp();
  const { id } = await aPartner(app);
  const { token } = await aFinanceClerk(app);
  const parties = [{ partnerId: globalId('Partner', id), role: 'SUPPLIER' }];
  const words = { name: 'Pool', currency: 'CNY', timeZone: 'Asia/Shanghai', parties, poolModel: 'MARKOV' };
  const propose = 'mutation ($input: ProposeContractInput!) { proposeContract(input: $input) { __typename } }';
  const { errors } = await app.graphql(propose, { input: versionInput(words) }, { token });
  expect(errors?.map(({ message }) => message)).toEqual([
    expect.stringContaining('Value "MARKOV" does not exist in "PoolModel" enum.'),
  ]);
});
