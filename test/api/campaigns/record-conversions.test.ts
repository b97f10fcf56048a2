import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aManagedCampaign, reportConversions, rowsIn, touchpoints } from '../../support/campaigns.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

interface StoredConversion {
  readonly kind: string;
  readonly value_minor: bigint;
  readonly currency: string;
  readonly reported_by_partner_id: string;
}

function lead(eventId: string, more: Record<string, unknown> = {}) {
  return { eventId, kind: 'LEAD', visitorId: 'v-1', currency: 'CNY', occurredAt: '2026-10-20T08:00:00Z', ...more };
}

describe('recording conversions', () => {
  it('takes them once each, with who reported them', async () => {
    await using app = await startTestApp();
    const { leadPartnerId: partnerId, manager } = await aManagedCampaign(app);
    const events = [lead('a', { valueMinor: '900719925474099' }), lead('b', { kind: 'REGISTRATION' }), lead('a')];
    expect(await reportConversions(app, { partnerId, events }, manager)).toMatchObject({ accepted: 2, duplicates: 1 });
    expect(await reportConversions(app, { partnerId, events }, manager)).toMatchObject({ accepted: 0, duplicates: 3 });
    const stored = await rowsIn<StoredConversion>(app, 'conversions');
    expect(stored.sort((x, y) => Number(y.value_minor - x.value_minor))).toMatchObject([
      { kind: 'LEAD', value_minor: 900_719_925_474_099n, currency: 'CNY', reported_by_partner_id: partnerId },
      { kind: 'REGISTRATION', value_minor: 0n, reported_by_partner_id: partnerId },
    ]);
  });

  it('refuses bad ones by place and reason', async () => {
    await using app = await startTestApp();
    const { leadPartnerId: partnerId, manager } = await aManagedCampaign(app);
    const bad: [string, Record<string, unknown>][] = [
      ['KIND_UNKNOWN', { kind: 'SMILE' }],
      ['VALUE_INVALID', { valueMinor: '-1' }],
      ['VALUE_INVALID', { valueMinor: '1.50' }],
      ['CURRENCY_UNKNOWN', { currency: null }],
      ['CURRENCY_UNKNOWN', { currency: 'cny' }],
      ['PERSON_MISSING', { visitorId: null }],
      ['TIME_OUT_OF_BOUNDS', { occurredAt: '2026-12-01T00:00:00Z' }],
    ];
    const events = [...bad.map(([, wrong], at) => lead(`bad-${at}`, wrong)), lead('good')];
    expect(await reportConversions(app, { partnerId, events }, manager)).toMatchObject({
      accepted: 1,
      refused: bad.map(([reason], index) => ({ index, eventId: `bad-${index}`, reason })),
    });
  });

  it('credits the touchpoints of a visitor who turns out to be an account later on', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const { id: userId } = await aLearner(app);
    await touchpoints(app, [{ campaign, visitorId: 'v-1', at: '2026-10-19T08:00:00Z' }]);
    const { leadPartnerId: partnerId, manager } = campaign;
    const events = [lead('a', { userId: globalId('User', userId) })];
    expect(await reportConversions(app, { partnerId, events }, manager)).toMatchObject({ accepted: 1 });
    await app.drainJobs();
    const credit = { partner_id: partnerId, channel: 'EMAIL' };
    expect(await rowsIn(app, 'attribution_sums')).toContainEqual(expect.objectContaining(credit));
    const [figures] = await rowsIn<{ clicks: number }>(app, 'campaign_metrics_daily');
    expect(figures).toMatchObject({ clicks: 1, registrations: 0, purchases: 0 });
  });

  it('is for owners and managers of a partner that takes part in a campaign', async () => {
    await using app = await startTestApp();
    const { leadPartnerId: partnerId } = await aManagedCampaign(app);
    const idle = await aPartner(app);
    const idleOwner = await aMember(app, { partnerId: idle.id, role: 'OWNER' });
    const events = [lead('a')];
    const forbidden = { code: 'FORBIDDEN' };
    expect(await reportConversions(app, { partnerId: idle.id, events }, idleOwner)).toMatchObject(forbidden);
    expect(await reportConversions(app, { partnerId, events }, idleOwner)).toMatchObject(forbidden);
    expect(await reportConversions(app, { partnerId, events }, await aLearner(app))).toMatchObject(forbidden);
    expect(await reportConversions(app, { partnerId, events }, {})).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
