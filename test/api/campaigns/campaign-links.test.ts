import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aManagedCampaign, moveCampaign, reportConversions, rowsIn } from '../../support/campaigns.ts';
import { aLink, askForLink, BROWSER, openLink } from '../../support/links.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const FIGURES = /* GraphQL */ `
  query ($id: ID!) {
    campaign(id: $id) {
      links { edges { node { code channel clicks visitors dropped { reason requests } partner { name } } } }
      metrics(from: "2026-11-01", to: "2026-11-01", granularity: DAY) { totals { clicks } }
    }
  }`;
const RETIRE = 'mutation ($id: ID!) { retireCampaignLink(linkId: $id) { __typename } }';

interface Touch {
  readonly campaign_id: string;
  readonly partner_id: string;
  readonly visitor_id: string;
}

describe('a tracked link', () => {
  it('leads to its target with one UTM set, and the click is a touchpoint of its partner and channel', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app, { name: 'Autumn' });
    const answer = await askForLink(app, campaign.manager, { campaign, target: '/courses/1?level=2' });
    const [lead, last] = [campaign.leadPartnerId.slice(-6), campaign.id.slice(-6)];
    const { code } = answer.link as { code: string };
    const utm = { medium: 'email', campaign: `autumn.${last}`, content: code };
    expect(answer.link).toMatchObject({ path: `/l/${code}`, target: '/courses/1?level=2', creative: null, utm });
    const response = await openLink(app, code);
    expect(response.statusCode).toBe(302);
    expect(response.headers.location).toBe(
      `/courses/1?level=2&utm_source=partner-${campaign.leadPartnerId.slice(-4)}.${lead}&utm_medium=email&utm_campaign=autumn.${last}&utm_content=${code}`,
    );
    expect(response.headers['cache-control']).toBe('no-store');
    const cookie = String(response.headers['set-cookie']);
    expect(cookie).toMatch(/^tributary_visitor=w\.[\w-]{22}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(await rowsIn(app, 'touchpoints')).toMatchObject([
      {
        campaign_id: campaign.id,
        partner_id: campaign.leadPartnerId,
        channel: 'EMAIL',
        kind: 'CLICK',
        user_id: null,
        visitor_id: cookie.slice('tributary_visitor='.length, cookie.indexOf(';')),
        occurred_at: new Date('2026-11-01T08:00:00Z'),
      },
    ]);
    await app.drainJobs();
    expect(await app.query(FIGURES, { id: campaign.globalId }, campaign.manager)).toMatchObject({
      campaign: {
        links: { edges: [{ node: { code, channel: 'EMAIL', clicks: 1, visitors: 1, dropped: [] } }] },
        metrics: { totals: { clicks: 1 } },
      },
    });
  });

  it('knows a visitor by the cookie, and counts a double click once, with the cookie and without', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const { code } = await aLink(app, campaign);
    const [first, second] = await Promise.all([openLink(app, code), openLink(app, code)]);
    expect(first.headers['set-cookie']).toBe(second.headers['set-cookie']);
    const [cookie = ''] = String(first.headers['set-cookie']).split(';');
    for (const waitMs of [9_999, 1]) {
      app.clock.advance(waitMs);
      expect((await openLink(app, code, { cookie: `a=b; ${cookie}; c=d` })).headers['set-cookie']).toBeUndefined();
    }
    const touches = await rowsIn<Touch>(app, 'touchpoints');
    expect(touches).toHaveLength(2);
    expect(new Set(touches.map((touch) => `tributary_visitor=${touch.visitor_id}`))).toEqual(new Set([cookie]));
    expect(await app.query(FIGURES, { id: campaign.globalId }, campaign.manager)).toMatchObject({
      campaign: {
        links: { edges: [{ node: { clicks: 2, visitors: 1, dropped: [{ reason: 'DUPLICATE', requests: 2 }] } }] },
      },
    });
  });

  it('leads programs on without counting them, and says what it dropped', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const { code, destination } = await aLink(app, campaign);
    const requests = [
      await openLink(app, code, { method: 'HEAD' }),
      await openLink(app, code, { headers: { 'user-agent': 'Googlebot/2.1' } }),
      await openLink(app, code, { headers: { 'user-agent': '' } }),
      await openLink(app, code, { headers: { 'sec-purpose': 'prefetch' } }),
    ];
    for (const response of requests) {
      expect(response.statusCode).toBe(302);
      expect(response.headers).toMatchObject({ location: destination });
      expect(response.headers['set-cookie']).toBeUndefined();
    }
    expect(await rowsIn(app, 'touchpoints')).toEqual([]);
    const dropped = [
      { reason: 'BOT', requests: 2 },
      { reason: 'HEAD', requests: 1 },
      { reason: 'PREFETCH', requests: 1 },
    ];
    expect(await app.query(FIGURES, { id: campaign.globalId }, campaign.manager)).toMatchObject({
      campaign: { links: { edges: [{ node: { clicks: 0, dropped } }] } },
    });
  });

  it('leads nowhere when it is unknown, expired, retired, or its host is no longer allowed', async () => {
    await using app = await startTestApp({ config: { linkHosts: ['www.example.com'] } });
    const campaign = await aManagedCampaign(app);
    const [live, expiring, retired, foreign] = [
      await aLink(app, campaign),
      await aLink(app, campaign, { expiresAt: '2026-11-01T09:00:00Z' }),
      await aLink(app, campaign),
      await aLink(app, campaign, { target: 'https://www.example.com/a' }),
    ];
    expect((await openLink(app, foreign.code)).headers.location).toBe(foreign.destination);
    await app.query(RETIRE, { id: retired.id }, campaign.manager);
    app.clock.set(new Date('2026-11-01T09:00:00Z'));
    Object.assign(app.platform.config, { linkHosts: [] });
    const codes = [
      expiring.code,
      retired.code,
      foreign.code,
      'AAAAAAAAAA',
      'short',
      '%0d%0aset-cookie:a=b',
      'a'.repeat(90),
    ];
    for (const code of codes) {
      const response = await openLink(app, code);
      expect(response.statusCode).toBe(404);
      expect(response.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(response.headers.location).toBeUndefined();
      expect(response.body).toBe('There is no such link, or it is no longer in use.\n');
    }
    expect((await openLink(app, live.code)).statusCode).toBe(302);
  });

  it('leads on and counts nothing before the campaign has begun, and when it is over', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const planned = await aManagedCampaign(app, { state: 'PLANNED' });
    const links = [await aLink(app, campaign), await aLink(app, planned)];
    await moveCampaign(app, campaign.manager, { campaignId: campaign.globalId, to: 'ENDED' });
    for (const { code, destination } of links) {
      expect((await openLink(app, code)).headers).toMatchObject({ location: destination });
    }
    expect(await rowsIn(app, 'touchpoints')).toEqual([]);
    expect(await rowsIn(app, 'campaign_link_drops')).toMatchObject([
      { reason: 'NOT_RUNNING', requests: 1 },
      { reason: 'NOT_RUNNING', requests: 1 },
    ]);
    expect(await askForLink(app, campaign.manager, { campaign })).toMatchObject({ code: 'CAMPAIGN_OVER' });
  });

  it('leads on once the click is kept, and tries again when that fails', async () => {
    await using app = await startTestApp();
    const { code } = await aLink(app, await aManagedCampaign(app));
    const { database } = app.platform;
    const keep = database.transaction.bind(database);
    const transaction = vi.spyOn(database, 'transaction').mockRejectedValueOnce(new Error('a hiccup'));
    transaction.mockImplementation(async (work) => {
      await sleep(30);
      return keep(work);
    });
    const response = await app.server.inject({ url: `/l/${code}`, headers: { 'user-agent': BROWSER } });
    expect(response.statusCode).toBe(302);
    expect(await rowsIn(app, 'touchpoints')).toHaveLength(1);
    transaction.mockRestore();
  });

  it('leads on after a while when the database does not answer, and keeps the click all the same', async () => {
    await using app = await startTestApp();
    const { code, destination } = await aLink(app, await aManagedCampaign(app));
    const { database } = app.platform;
    const keep = database.transaction.bind(database);
    const answers = Promise.withResolvers<void>();
    const transaction = vi.spyOn(database, 'transaction').mockImplementationOnce(async (work) => {
      await answers.promise;
      return keep(work);
    });
    const response = await app.server.inject({ url: `/l/${code}`, headers: { 'user-agent': BROWSER } });
    expect(response.headers.location).toBe(destination);
    expect(await rowsIn(app, 'touchpoints')).toEqual([]);
    answers.resolve();
    await app.services.linkVisits.settle();
    expect(await rowsIn(app, 'touchpoints')).toHaveLength(1);
    transaction.mockRestore();
  });

  it('leads on when clicks cannot be kept, and when the limit cannot be counted', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const { code, destination } = await aLink(app, campaign);
    const transaction = vi.spyOn(app.platform.database, 'transaction').mockRejectedValue(new Error('no room'));
    const take = vi.spyOn(app.platform.rateLimiter, 'take').mockRejectedValue(new Error('no store'));
    expect((await openLink(app, code)).headers).toMatchObject({ location: destination });
    transaction.mockRestore();
    take.mockRestore();
    expect(await rowsIn(app, 'touchpoints')).toEqual([]);
    await openLink(app, code);
    expect(await rowsIn(app, 'touchpoints')).toHaveLength(1);
  });

  it('is opened so often from one address and no oftener', async () => {
    await using app = await startTestApp();
    const take = vi.spyOn(app.platform.rateLimiter, 'take').mockResolvedValue(1_500);
    const { code } = await aLink(app, await aManagedCampaign(app));
    const response = await openLink(app, code);
    expect(take).toHaveBeenCalledWith(expect.objectContaining({ name: 'link-address' }), '127.0.0.1');
    expect([response.statusCode, response.headers['retry-after']]).toEqual([429, '2']);
    expect(response.headers.location).toBeUndefined();
  });

  it('keeps any number of clicks that come at once, each visitor and link by itself', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const links = [await aLink(app, campaign), await aLink(app, campaign, { channel: 'SOCIAL' })];
    const visits = links.flatMap(({ code }) =>
      Array.from({ length: 60 }, (_, at) => {
        const headers = { 'user-agent': BROWSER, cookie: `tributary_visitor=w.${String(at % 30).padStart(22, '0')}` };
        return app.server.inject({ url: `/l/${code}`, headers });
      }),
    );
    await Promise.all(visits);
    await app.services.linkVisits.settle();
    expect(await rowsIn(app, 'touchpoints')).toHaveLength(60);
    expect(await rowsIn(app, 'campaign_link_drops')).toMatchObject([{ requests: 30 }, { requests: 30 }]);
  });

  it('earns credit once its visitor turns out to be a learner', async () => {
    await using app = await startTestApp();
    const campaign = await aManagedCampaign(app);
    const { code } = await aLink(app, campaign);
    const [cookie = ''] = String((await openLink(app, code)).headers['set-cookie']).split(';');
    const learner = await aLearner(app);
    app.clock.advance(60_000);
    const event = {
      eventId: 'a',
      kind: 'LEAD',
      occurredAt: '2026-11-01T08:00:30Z',
      valueMinor: '100',
      currency: 'CNY',
    };
    const known = { visitorId: cookie.slice('tributary_visitor='.length), userId: globalId('User', learner.id) };
    const events = [{ ...event, ...known }];
    const { leadPartnerId: partnerId, manager } = campaign;
    expect(await reportConversions(app, { partnerId, events }, manager)).toMatchObject({ accepted: 1 });
    await app.drainJobs();
    const query = 'query ($id: ID!) { campaign(id: $id) { attribution(model: LAST_TOUCH) { total { conversions } } } }';
    expect(await app.query(query, { id: campaign.globalId }, manager)).toEqual({
      campaign: { attribution: { total: { conversions: '1.000000' } } },
    });
  });
});

describe('making a link', () => {
  it('names what is wrong, and lets no link lead to a strange host', async () => {
    await using app = await startTestApp({ config: { linkHosts: ['www.example.com'] } });
    const campaign = await aManagedCampaign(app);
    const stranger = await aPartner(app);
    const wrong: [string, object][] = [
      ['target', { target: 'https://evil.example/' }],
      ['target', { target: '//evil.example/' }],
      ['channel', { channel: 'SMS' }],
      ['expiresAt', { expiresAt: '2026-11-01T08:00:00Z' }],
      ['partnerId', { partnerId: globalId('Partner', stranger.id) }],
      ['creativeId', { creativeId: globalId('CampaignCreative', stranger.id) }],
    ];
    for (const [field, more] of wrong) {
      expect(await askForLink(app, campaign.manager, { campaign, ...more })).toMatchObject({
        code: 'INVALID_INPUT',
        field,
      });
    }
    expect(await rowsIn(app, 'campaign_links')).toEqual([]);
  });

  it('is for those of the partner and of the lead', async () => {
    await using app = await startTestApp();
    const guest = await aPartner(app);
    const campaign = await aManagedCampaign(app, { partners: [{ partnerId: guest.id, role: 'CHANNEL' }] });
    const ofGuest = await aMember(app, { partnerId: guest.id, role: 'MANAGER' });
    const stranger = await aMember(app, { partnerId: (await aPartner(app)).id, role: 'OWNER' });
    const link = await aLink(app, campaign);
    expect(await askForLink(app, ofGuest, { campaign })).toMatchObject({ code: 'FORBIDDEN' });
    const own = { campaign, partnerId: globalId('Partner', guest.id) };
    expect(await askForLink(app, ofGuest, own)).toHaveProperty('link');
    expect(await askForLink(app, campaign.manager, own)).toHaveProperty('link');
    expect(await askForLink(app, stranger, own)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await askForLink(app, {}, own)).toMatchObject({ code: 'UNAUTHENTICATED' });
    const absent = globalId('CampaignLink', '00000000-0000-7000-8000-000000000000');
    for (const id of [link.id, absent]) {
      expect(await app.query(RETIRE, { id }, stranger)).toEqual({
        retireCampaignLink: { __typename: 'ForbiddenError' },
      });
    }
  });
});
