import { expect, it } from 'vitest';
import { globalId } from '../../src/shared/global-id.ts';
import { approveCampaign, moveCampaign, reportTouchpoints } from '../support/campaigns.ts';
import { aContent } from '../support/contents.ts';
import { placedOrder, refundOrder } from '../support/order-operations.ts';
import { aMember, aPartner } from '../support/partners.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../support/people.ts';
import { askStatement } from '../support/statements.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PROPOSE = /* GraphQL */ `
  mutation ($input: ProposeContractInput!) {
    proposeContract(input: $input) { ... on ProposeContractSuccess { contract { id } } ... on UserError { message } }
  }`;
const ACCEPT = /* GraphQL */ `
  mutation ($input: AcceptContractInput!) {
    acceptContract(input: $input) { ... on AcceptContractSuccess { contract { state } } ... on UserError { message } }
  }`;
const CREATE_CAMPAIGN = /* GraphQL */ `
  mutation ($input: CreateCampaignInput!) {
    createCampaign(input: $input) { ... on CreateCampaignSuccess { campaign { id } } ... on UserError { message } }
  }`;
const CLOSE = /* GraphQL */ `
  mutation ($period: String!) {
    closePeriod(period: $period) { ... on ClosePeriodSuccess { jobId } ... on UserError { message } }
  }`;
const TRACE = /* GraphQL */ `
  query ($partnerId: ID!, $period: String!) {
    statement(partnerId: $partnerId, period: $period) {
      lines(first: 10) {
        edges {
          node {
            trace {
              order { orderId }
              contract { versionNumber term { clause } }
              touchpoint { campaignName channel kind occurredAt credit }
              recompute { equal amount { amount } }
            }
          }
        }
      }
    }
  }`;
const VERIFY = '{ verifyLedger { isIntact transactions links unsealed } }';

const CLICKED_AT = '2026-10-12T08:00:00.000Z';

it('goes the whole way: from a click to a statement, and back from the statement to the click', async () => {
  await using app = await startTestApp({ now: new Date('2026-10-10T08:00:00Z'), config: { sessionTtlHours: 1_000 } });
  const { school, gym, learner, finance } = await twoPartnersUnderContract(app);
  const campaignId = await aLiveCampaign(app, { gym, school });

  app.clock.set(new Date(CLICKED_AT));
  const click = { eventId: 'click-1', campaignId, channel: 'EMAIL', kind: 'CLICK', occurredAt: CLICKED_AT };
  const events = [{ ...click, userId: globalId('User', learner.id) }];
  expect(await reportTouchpoints(app, { partnerId: gym.id, events }, gym.manager)).toMatchObject({ accepted: 1 });

  app.clock.advance(3_600_000);
  const orderId = await placedOrder(app, learner, { contentIds: [school.contentId] });
  await app.drainJobs();

  const october = { partnerId: globalId('Partner', gym.id), period: '2026-10' };
  expect(await askStatement(app, gym.manager, october)).toMatchObject({
    closedAt: null,
    opening: { amount: '0.00' },
    closing: { amount: '19.90' },
    lines: { edges: [{ node: { kind: 'SALE', amount: { amount: '19.90' } } }] },
  });
  const traced = {
    order: { orderId },
    contract: { versionNumber: 1, term: { clause: '4.1' } },
    touchpoint: { campaignName: '秋日双修', channel: 'EMAIL', kind: 'CLICK', occurredAt: CLICKED_AT, credit: '1' },
    recompute: { equal: true, amount: { amount: '19.90' } },
  };
  const lines = { edges: [{ node: { trace: traced } }] };
  expect(await app.query(TRACE, october, gym.manager)).toEqual({ statement: { lines } });

  app.clock.set(new Date('2026-11-05T08:00:00Z'));
  expect(await app.query(CLOSE, { period: '2026-10' }, finance)).toHaveProperty('closePeriod.jobId');
  await app.drainJobs();
  expect(await askStatement(app, finance, october)).toMatchObject({
    closedAt: '2026-11-05T08:00:00.000Z',
    closing: { amount: '19.90' },
  });

  await refundOrder(app, finance, { orderId });
  await app.drainJobs();
  expect(await askStatement(app, finance, { ...october, period: '2026-11' })).toMatchObject({
    opening: { amount: '19.90' },
    closing: { amount: '0.00' },
    lines: { edges: [{ node: { kind: 'REFUND', amount: { amount: '-19.90' } } }] },
  });
  expect(await app.query(VERIFY, {}, finance)).toEqual({
    verifyLedger: { isIntact: true, transactions: 2, links: 2, unsealed: 0 },
  });
});

interface TestParty {
  readonly id: string;
  readonly manager: { readonly token: string };
}

/** A school sells at 199.00; the platform keeps 20 % of the sale, campaigns earn 10 %, the school has the rest. */
async function twoPartnersUnderContract(app: TestApp) {
  const [school, gym] = [await aParty(app, '青云学堂'), await aParty(app, '铁叶健身')];
  const { id: contentId } = await aContent(app, { partnerId: school.id, priceMinor: 19_900n });
  const [admin, finance, learner] = [await anAdmin(app), await aFinanceClerk(app), await aLearner(app)];
  const share = (step: number, rest: object) => ({ step, kind: 'PERCENTAGE', description: 'As agreed.', ...rest });
  const input = {
    name: '联合推广协议',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    effectiveFrom: '2026-10-01T00:00:00Z',
    note: '首版',
    parties: [
      { partnerId: globalId('Partner', school.id), role: 'SUPPLIER' },
      { partnerId: globalId('Partner', gym.id), role: 'PROMOTER' },
    ],
    terms: [
      share(1, { clause: '3.1', basis: 'SALE', percent: '20', beneficiary: 'PLATFORM' }),
      share(2, { clause: '4.1', basis: 'SALE', percent: '10', beneficiary: 'CAMPAIGN_POOL' }),
      share(3, { clause: '5.1', basis: 'REST', percent: '100', beneficiary: 'CONTENT_OWNER' }),
    ],
  };
  const proposed = await app.query<{ proposeContract: { contract: { id: string } } }>(PROPOSE, { input }, admin);
  const contractId = proposed.proposeContract.contract.id;
  for (const { id, manager } of [school, gym]) {
    const acceptance = { contractId, versionNumber: 1, partnerId: globalId('Partner', id), reason: '同意' };
    await app.query(ACCEPT, { input: acceptance }, manager);
  }
  return { school: { ...school, contentId }, gym, learner, finance };
}

async function aParty(app: TestApp, name: string): Promise<TestParty> {
  const { id } = await aPartner(app, { name });
  return { id, manager: await aMember(app, { partnerId: id, role: 'MANAGER' }) };
}

async function aLiveCampaign(app: TestApp, { gym, school }: { gym: TestParty; school: TestParty }): Promise<string> {
  const input = {
    leadPartnerId: globalId('Partner', gym.id),
    name: '秋日双修',
    description: '练一小时，学一小时。',
    goal: '一百次购买',
    channels: ['EMAIL'],
    currency: 'CNY',
    budgetMinor: '100000',
    startsAt: '2026-10-10T00:00:00Z',
    endsAt: '2026-12-01T00:00:00Z',
    partners: [{ partnerId: globalId('Partner', school.id), role: 'CONTENT' }],
  };
  const created = await app.query<{ createCampaign: { campaign: { id: string } } }>(
    CREATE_CAMPAIGN,
    { input },
    gym.manager,
  );
  const campaignId = created.createCampaign.campaign.id;
  await moveCampaign(app, gym.manager, { campaignId, to: 'PLANNED' });
  await approveCampaign(app, school.manager, { campaignId, partnerId: school.id });
  expect(await moveCampaign(app, gym.manager, { campaignId, to: 'LIVE' })).toMatchObject({
    campaign: { state: 'LIVE' },
  });
  return campaignId;
}
