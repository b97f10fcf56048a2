import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aManagedCampaign, moveCampaign, rowsIn, type TestCampaign } from '../../support/campaigns.ts';
import { aContent } from '../../support/contents.ts';
import { aContentForSale, placeOrder } from '../../support/order-operations.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const CREATE = /* GraphQL */ `
  mutation ($input: CreateCampaignCouponInput!) {
    createCampaignCoupon(input: $input) {
      __typename
      ... on ChangeCampaignCouponSuccess { coupon { id code channel validFrom validUntil maxUses uses } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;
const RETIRE = 'mutation ($id: ID!) { retireCampaignCoupon(couponId: $id) { __typename } }';
const DISCOUNT = 'mutation ($input: CreateCouponInput!) { createCoupon(input: $input) { __typename } }';
const SEEN = /* GraphQL */ `
  query ($id: ID!) {
    campaign(id: $id) {
      coupons { edges { node { code uses partner { id } } } }
      attribution(model: LAST_TOUCH) { rows { partner { id } channel conversions value { amount } } }
    }
  }`;

type Managed = TestCampaign & { readonly manager: TestPerson };

async function create(
  app: TestApp,
  campaign: Managed,
  more: object = {},
  person: Partial<TestPerson> = campaign.manager,
) {
  const partnerId = globalId('Partner', campaign.leadPartnerId);
  const input = { campaignId: campaign.globalId, partnerId, channel: 'SOCIAL', ...more };
  const session = person.token === undefined ? {} : { token: person.token };
  return (await app.graphql(CREATE, { input }, session)).data?.createCampaignCoupon as Record<string, unknown>;
}

async function aCode(app: TestApp, campaign: Managed, more: object = {}): Promise<string> {
  return ((await create(app, campaign, more)).coupon as { code: string }).code;
}

/** Orders a new content under a code. */
async function order(app: TestApp, couponCode: string, buyer?: TestPerson) {
  const { id } = await aContent(app);
  return placeOrder(app, buyer ?? (await aLearner(app)), { contentIds: [id], couponCode });
}

describe('a coupon of a campaign', () => {
  it('credits the order that names it to its partner and channel, at the full price', async () => {
    await using app = await startTestApp();
    const guest = await aPartner(app);
    const campaign = await aManagedCampaign(app, { partners: [{ partnerId: guest.id, role: 'CHANNEL' }] });
    const partnerId = globalId('Partner', guest.id);
    const code = await aCode(app, campaign, { code: ' gym-2026 ', partnerId });
    expect(code).toBe('GYM-2026');
    const learner = await aLearner(app);
    const { id } = await aContentForSale(app, { priceMinor: 9_900n });
    const placed = await placeOrder(app, learner, { contentIds: [id], couponCode: 'Gym-2026' });
    expect(placed).toMatchObject({ order: { total: { amount: '99.00' }, discount: { amount: '0.00' } } });
    expect(await rowsIn(app, 'touchpoints')).toMatchObject([
      { campaign_id: campaign.id, partner_id: guest.id, channel: 'SOCIAL', kind: 'CLICK', user_id: learner.id },
    ]);
    await app.drainJobs();
    expect(await app.query(SEEN, { id: campaign.globalId }, campaign.manager)).toEqual({
      campaign: {
        coupons: { edges: [{ node: { code, uses: 1, partner: { id: partnerId } } }] },
        attribution: {
          rows: [
            { partner: { id: partnerId }, channel: 'SOCIAL', conversions: '1.000000', value: { amount: '99.00' } },
          ],
        },
      },
    });
  });

  it('is one and the same order when the order is placed again', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const couponCode = await aCode(app, campaign);
    expect(couponCode).toMatch(/^[2-9A-HJKMNP-Z]{12}$/);
    const learner = await aLearner(app);
    const contentIds = [(await aContent(app)).id];
    const same = { contentIds, couponCode, idempotencyKey: 'the-same-order' };
    const [first, second] = [await placeOrder(app, learner, same), await placeOrder(app, learner, same)];
    expect(second.order?.id).toBe(first.order?.id);
    expect(await rowsIn(app, 'touchpoints')).toHaveLength(1);
  });

  it('is refused before and after its time, when the campaign does not run, and when it is used up', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const planned = await aManagedCampaign(app, { state: 'PLANNED' });
    const early = await aCode(app, campaign, { validFrom: '2026-11-02T00:00:00Z' });
    const late = await aCode(app, campaign, { validUntil: '2026-11-01T08:30:00Z' });
    const waiting = await aCode(app, planned);
    const once = await aCode(app, campaign, { maxUses: 1 });
    app.clock.set(new Date('2026-11-01T08:30:00Z'));
    expect(await order(app, early)).toMatchObject({ code: 'COUPON_NOT_USABLE', reason: 'TOO_EARLY' });
    expect(await order(app, late)).toMatchObject({ reason: 'EXPIRED' });
    expect(await order(app, waiting)).toMatchObject({ reason: 'TOO_EARLY' });
    expect(await order(app, 'NO-SUCH-CODE')).toMatchObject({ reason: 'UNKNOWN' });
    const uses = await Promise.all([order(app, once), order(app, once), order(app, once)]);
    const reasons = uses.map((use) => ('reason' in use ? use.reason : 'PLACED')).sort();
    expect(reasons).toEqual(['PLACED', 'USED_UP', 'USED_UP']);
    const open = await aCode(app, campaign);
    await moveCampaign(app, campaign.manager, { campaignId: campaign.globalId, to: 'ENDED' });
    expect(await order(app, open)).toMatchObject({ reason: 'EXPIRED' });
    expect(await rowsIn(app, 'touchpoints')).toHaveLength(1);
  });

  it('makes the order cheaper when finance gives a discount by its code, also once the campaign is over', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const code = await aCode(app, campaign, { code: 'AUTUMN' });
    const discount = { code, percent: '10', description: 'Agreed with the partners.' };
    expect(await app.query(DISCOUNT, { input: discount }, await aFinanceClerk(app))).toEqual({
      createCoupon: { __typename: 'CreateCouponSuccess' },
    });
    const total = { amount: '89.10' };
    expect(await order(app, code)).toMatchObject({ order: { couponCode: 'AUTUMN', total } });
    expect(await rowsIn(app, 'touchpoints')).toHaveLength(1);
    await moveCampaign(app, campaign.manager, { campaignId: campaign.globalId, to: 'ENDED' });
    expect(await order(app, code)).toMatchObject({ order: { total } });
    expect(await rowsIn(app, 'touchpoints')).toHaveLength(1);
  });

  it('takes no code that another campaign has, or finance', async () => {
    await using app = await startTestApp();
    const [campaign, other] = [await aManagedCampaign(app), await aManagedCampaign(app)];
    const discount = { code: 'SPRING', percent: '10', description: 'For everybody.' };
    await app.query(DISCOUNT, { input: discount }, await aFinanceClerk(app));
    await aCode(app, other, { code: 'TAKEN' });
    for (const code of ['spring', 'taken']) {
      expect(await create(app, campaign, { code })).toMatchObject({ code: 'COUPON_CODE_TAKEN' });
    }
  });

  it('names what is wrong with it, and is for those of the partner and of the lead', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const stranger = await aMember(app, { partnerId: (await aPartner(app)).id, role: 'OWNER' });
    const wrong: [string, object][] = [
      ['code', { code: 'x' }],
      ['code', { code: 'A B C' }],
      ['channel', { channel: 'SMS' }],
      ['maxUses', { maxUses: 0 }],
      ['validUntil', { validUntil: '2026-11-01T08:00:00Z' }],
    ];
    for (const [field, more] of wrong) {
      expect(await create(app, campaign, more)).toMatchObject({ code: 'INVALID_INPUT', field });
    }
    expect(await create(app, campaign, {}, stranger)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await create(app, campaign, {}, {})).toMatchObject({ code: 'UNAUTHENTICATED' });
    const { coupon } = await create(app, campaign);
    const { id, code } = coupon as { id: string; code: string };
    const absent = globalId('CampaignCoupon', '00000000-0000-7000-8000-000000000000');
    for (const couponId of [id, absent]) {
      const refused = { retireCampaignCoupon: { __typename: 'ForbiddenError' } };
      expect(await app.query(RETIRE, { id: couponId }, stranger)).toEqual(refused);
    }
    await app.query(RETIRE, { id }, campaign.manager);
    expect(await order(app, code)).toMatchObject({ reason: 'EXPIRED' });
  });
});
