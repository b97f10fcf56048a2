import { describe, expect, it } from 'vitest';
import { dropReasonOf, takesClicks } from '../../../src/campaigns/link-click.filter.ts';

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const request = { method: 'GET', userAgent: PHONE, purpose: '' };

describe('a request of a link', () => {
  it.each([
    PHONE,
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0',
    'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    'Mozilla/5.0 (Linux; Android 14; Mobile) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.50',
  ])('may be the click of a person with %s', (userAgent) => {
    expect(dropReasonOf({ ...request, userAgent })).toBeNull();
  });

  it.each([
    'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
    'Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)',
    'facebookexternalhit/1.1',
    'WhatsApp/2.23.20.0',
    'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
    'curl/8.5.0',
    'python-requests/2.32.3',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36',
    '',
    null,
  ])('is that of a program with %s', (userAgent) => {
    expect(dropReasonOf({ ...request, userAgent })).toBe('BOT');
  });

  it('is no click when it asks for headers alone, or was made ahead of a click', () => {
    expect(dropReasonOf({ ...request, method: 'HEAD' })).toBe('HEAD');
    for (const purpose of ['prefetch;prerender', 'Prefetch', 'preview']) {
      expect(dropReasonOf({ ...request, purpose })).toBe('PREFETCH');
    }
  });

  it('counts from the launch until the planned end', () => {
    const endsAt = new Date('2026-11-30T00:00:00Z');
    const before = new Date('2026-11-29T23:59:59Z');
    const taken = (['DRAFT', 'PLANNED', 'LIVE', 'PAUSED', 'ENDED', 'SETTLED'] as const).filter((state) =>
      takesClicks({ state, endsAt }, before),
    );
    expect(taken).toEqual(['LIVE', 'PAUSED']);
    expect(takesClicks({ state: 'LIVE', endsAt }, endsAt)).toBe(false);
  });
});
