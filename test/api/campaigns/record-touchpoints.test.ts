import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aCampaign, aManagedCampaign, reportTouchpoints, rowsIn, type TestCampaign } from '../../support/campaigns.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

interface StoredTouch {
  readonly id: string;
  readonly visitor_id: string;
  readonly occurred_at: Date;
  readonly received_at: Date;
  readonly sequence: bigint;
}

function click(campaign: TestCampaign, eventId: string, more: Record<string, unknown> = {}) {
  return {
    eventId,
    campaignId: campaign.globalId,
    channel: 'EMAIL',
    kind: 'CLICK',
    visitorId: `visitor-${eventId}`,
    occurredAt: '2026-10-20T08:00:00Z',
    ...more,
  };
}

describe('recording touchpoints', () => {
  it('takes late events in any order, and numbers them as they arrive', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const events = [
      click(campaign, 'b', { occurredAt: '2026-10-21T10:00:00+02:00' }),
      click(campaign, 'a', { occurredAt: '2026-10-03T00:00:00.250Z' }),
    ];
    const report = { partnerId: campaign.leadPartnerId, events };
    expect(await reportTouchpoints(app, report, campaign.manager)).toEqual({
      __typename: 'EventsRecorded',
      accepted: 2,
      duplicates: 0,
      refused: [],
    });
    const stored = (await rowsIn<StoredTouch>(app, 'touchpoints')).sort((x, y) => Number(x.sequence - y.sequence));
    expect(stored.map((touch) => [touch.visitor_id, touch.occurred_at.toISOString()])).toEqual([
      ['visitor-b', '2026-10-21T08:00:00.000Z'],
      ['visitor-a', '2026-10-03T00:00:00.250Z'],
    ]);
    expect(stored.every((touch) => touch.received_at.getTime() === app.clock.now().getTime())).toBe(true);
  });

  it('counts an event once, in one batch and in two, and what was told first stands', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const { leadPartnerId: partnerId, manager } = campaign;
    const twice = { partnerId, events: [click(campaign, 'a'), click(campaign, 'a', { visitorId: 'other' })] };
    expect(await reportTouchpoints(app, twice, manager)).toMatchObject({ accepted: 1, duplicates: 1 });
    const again = { partnerId, events: [click(campaign, 'b'), click(campaign, 'a', { visitorId: 'third' })] };
    expect(await reportTouchpoints(app, again, manager)).toMatchObject({ accepted: 1, duplicates: 1, refused: [] });
    const visitors = (await rowsIn<StoredTouch>(app, 'touchpoints')).map((touch) => touch.visitor_id);
    expect(visitors.sort()).toEqual(['visitor-a', 'visitor-b']);
  });

  it('keeps the same event id of two partners apart', async () => {
    await using app = await startTestApp();
    const { id: guestId } = await aPartner(app);
    const campaign = await aManagedCampaign(app, { partners: [{ partnerId: guestId, role: 'AUDIENCE' }] });
    const guest = await aMember(app, { partnerId: guestId, role: 'OWNER' });
    const events = [click(campaign, 'a')];
    const first = await reportTouchpoints(app, { partnerId: campaign.leadPartnerId, events }, campaign.manager);
    const second = await reportTouchpoints(app, { partnerId: guestId, events }, guest);
    expect([first, second]).toMatchObject([{ accepted: 1 }, { accepted: 1, duplicates: 0 }]);
  });

  it('refuses bad events by place and reason, and takes the good ones among them', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const draft = await aCampaign(app, { leadPartnerId: campaign.leadPartnerId, state: 'DRAFT' });
    const others = await aCampaign(app);
    const nobody = globalId('User', '00000000-0000-7000-8000-000000000000');
    const bad: [string, Record<string, unknown>][] = [
      ['EVENT_ID_INVALID', { eventId: null }],
      ['EVENT_ID_INVALID', { eventId: ' ' }],
      ['KIND_UNKNOWN', { kind: 'GLANCE' }],
      ['UNKNOWN_CAMPAIGN', { campaignId: 'nonsense' }],
      ['UNKNOWN_CAMPAIGN', { campaignId: others.globalId }],
      ['CAMPAIGN_NOT_STARTED', { campaignId: draft.globalId }],
      ['CHANNEL_NOT_OF_CAMPAIGN', { channel: 'SMS' }],
      ['PERSON_MISSING', { visitorId: null }],
      ['VISITOR_ID_INVALID', { visitorId: 'a b' }],
      ['UNKNOWN_USER', { userId: nobody }],
      ['UNKNOWN_USER', { userId: 'nonsense' }],
      ['TIME_INVALID', { occurredAt: null }],
      ['TIME_INVALID', { occurredAt: '2026-02-30T00:00:00Z' }],
      ['TIME_INVALID', { occurredAt: '2026-10-20T08:00:00' }],
      ['TIME_OUT_OF_BOUNDS', { occurredAt: '2026-11-01T08:05:01Z' }],
      ['TIME_OUT_OF_BOUNDS', { occurredAt: '1999-12-31T23:59:59Z' }],
    ];
    const events = bad.flatMap(([, wrong], at) => [
      click(campaign, `bad-${at}`, wrong),
      click(campaign, `good-${at}`, { occurredAt: '2026-11-01T08:04:59Z' }),
    ]);
    const report = { partnerId: campaign.leadPartnerId, events };
    expect(await reportTouchpoints(app, report, campaign.manager)).toEqual({
      __typename: 'EventsRecorded',
      accepted: bad.length,
      duplicates: 0,
      refused: bad.map(([reason], at) => ({ index: 2 * at, eventId: events[2 * at]?.eventId, reason })),
    });
  });

  it('takes a thousand events at once with as many statements as for one, and no more than a thousand', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const events = Array.from({ length: 1_001 }, (_, at) => click(campaign, `event-${at}`));
    const report = (some: typeof events) =>
      reportTouchpoints(app, { partnerId: campaign.leadPartnerId, events: some }, campaign.manager);
    expect(await report(events)).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await report([])).toMatchObject({ code: 'INVALID_INPUT' });
    const forOne = await countQueries(app, () => report(events.slice(1_000)));
    const forThousand = await countQueries(app, async () => {
      expect(await report(events.slice(0, 1_000))).toMatchObject({ accepted: 1_000, duplicates: 0, refused: [] });
    });
    expect(forOne).toBeGreaterThan(5);
    expect(forThousand).toBeLessThanOrEqual(forOne);
    expect(forThousand).toBeLessThanOrEqual(16);
  });

  it('is for owners and managers of the partner alone', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const report = { partnerId: campaign.leadPartnerId, events: [click(campaign, 'a')] };
    const other = await aMember(app, { partnerId: (await aPartner(app)).id, role: 'MANAGER' });
    const viewer = await aMember(app, { partnerId: campaign.leadPartnerId, role: 'VIEWER' });
    for (const person of [other, viewer, await aLearner(app)]) {
      expect(await reportTouchpoints(app, report, person)).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await reportTouchpoints(app, report, {})).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await rowsIn(app, 'touchpoints')).toEqual([]);
  });

  it('stores each of the events once when the same batch comes many times at once', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const events = Array.from({ length: 200 }, (_, at) => click(campaign, `event-${at}`));
    const batches = [events, events.toReversed(), events, events.toReversed()];
    const answers = await Promise.all(
      batches.map((some) =>
        reportTouchpoints(app, { partnerId: campaign.leadPartnerId, events: some }, campaign.manager),
      ),
    );
    const accepted = answers.map((answer) => (answer as { accepted: number }).accepted);
    expect(accepted.sort((x, y) => y - x)).toEqual([200, 0, 0, 0]);
    expect(await rowsIn(app, 'touchpoints')).toHaveLength(200);
  });
});
