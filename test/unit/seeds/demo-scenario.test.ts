import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { catalogueRows } from '../../../seeds/demo/catalogue-rows.ts';
import { buildDemoScenario } from '../../../seeds/demo/scenario.ts';
import { currencyExponent } from '../../../src/shared/currency.ts';
import { isUuid } from '../../../src/shared/ids.ts';
import { present } from '../../../src/shared/invariant.ts';

const ENDS_AT = new Date('2026-11-21T12:00:00Z');
const scenario = buildDemoScenario({ endsAt: ENDS_AT });
const userIds = new Set(scenario.users.map(({ id }) => id));
const partnerById = new Map(scenario.partners.map((partner) => [partner.id, partner]));
const contentById = new Map(scenario.contents.map((content) => [content.id, content]));

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(items, keyOf)].map(([key, group]) => [key, group.length]));
}

describe('the demo scenario as a whole', () => {
  test('is the same, id for id, for the same end and seed', () => {
    expect(isDeepStrictEqual(buildDemoScenario({ endsAt: ENDS_AT }), scenario)).toBe(true);
  });

  test('changes its behaviour with the seed and keeps what was written by hand', () => {
    const other = buildDemoScenario({ endsAt: ENDS_AT, seed: 7 });
    expect(isDeepStrictEqual(other.orders, scenario.orders)).toBe(false);
    expect(isDeepStrictEqual(other.touchpoints, scenario.touchpoints)).toBe(false);
    for (const part of ['domains', 'partners', 'contents', 'contracts', 'campaigns'] as const) {
      expect(other[part]).toEqual(scenario[part]);
    }
  });

  test('has the numbers of things that it promises', () => {
    expect(scenario.domains).toHaveLength(8);
    expect(scenario.partners).toHaveLength(13);
    expect(scenario.contents).toHaveLength(150);
    expect(scenario.contracts).toHaveLength(4);
    expect(scenario.campaigns).toHaveLength(4);
    expect(scenario.orders).toHaveLength(3_000);
    expect(scenario.orders.filter(({ refund }) => refund)).toHaveLength(120);
    expect(scenario.users.filter(({ email }) => email.endsWith('@example.net'))).toHaveLength(2_000);
    const named = scenario.users.filter(({ key, email }) => email.endsWith('@example.org') || key === 'demo-learner');
    expect(named).toHaveLength(60);
  });

  test('gives every thing a valid id of its own', () => {
    const { contents, contracts, orders } = scenario;
    const ids = [
      ...[scenario.domains, scenario.users, scenario.partners, contents, contracts, scenario.campaigns].flat(),
      ...[scenario.campaignCosts, scenario.touchpoints, scenario.conversions, orders, scenario.interactions].flat(),
      ...contents.map(({ licence }) => licence),
      ...contracts.flatMap(({ versions }) => [...versions, ...versions.flatMap(({ terms }) => terms)]),
      ...orders.flatMap(({ items, payment, refund }) => [...items, payment, ...(refund ? [refund] : [])]),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !isUuid(id))).toEqual([]);
  });

  test.each(['2026-11-01T17:30:00Z', '2026-08-31T15:59:59Z', '2027-03-01T00:10:00Z', '2026-02-28T16:00:00Z'])(
    'closes the two months before the month of %s and sells nothing earlier',
    (end) => {
      const endsAt = new Date(end);
      const { startsAt, salesStartAt, closedPeriods, orders } = buildDemoScenario({ endsAt });
      const [first, second] = closedPeriods;
      const shanghaiMonth = new Date(endsAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
      expect(first?.to).toEqual(second?.from);
      expect(second?.to.toISOString()).toMatch(/T16:00:00\.000Z$/);
      expect(new Date(present(second, 'a period').to.getTime() + 8 * 3_600_000).toISOString()).toMatch(shanghaiMonth);
      expect(closedPeriods.every(({ closedAt, to }) => closedAt >= to && closedAt <= endsAt)).toBe(true);
      expect(startsAt <= salesStartAt && salesStartAt.getTime() === first?.from.getTime()).toBe(true);
      expect(orders).toHaveLength(3_000);
      expect(orders.filter(({ placedAt }) => placedAt < salesStartAt || placedAt >= endsAt)).toEqual([]);
    },
  );
});

describe('people of the demo', () => {
  test('have addresses of their own under names that RFC 2606 reserves', () => {
    const emails = scenario.users.map(({ email }) => email);
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails.filter((email) => !/^[a-z0-9'.-]+@(example\.(com|net|org)|[a-z-]+\.example)$/.test(email))).toEqual(
      [],
    );
  });

  test('include one who can log in for each of the four stories', () => {
    const found = scenario.logins.map(({ userId, email }) => {
      const user = scenario.users.find(({ id }) => id === userId);
      return { email, matches: user?.email === email && user.canLogIn, roles: user?.roles };
    });
    expect(found).toEqual([
      { email: 'manager@example.com', matches: true, roles: ['LEARNER'] },
      { email: 'learner@example.com', matches: true, roles: ['LEARNER'] },
      { email: 'finance@example.com', matches: true, roles: ['FINANCE'] },
      { email: 'admin@example.com', matches: true, roles: ['ADMIN'] },
    ]);
  });

  test('give the manager login a campaign that is live and led by the own partner', () => {
    const manager = scenario.logins.find(({ who }) => who === 'manager');
    const own = scenario.partners.find(({ members }) =>
      members.some(({ userId, role }) => userId === manager?.userId && role === 'MANAGER'),
    );
    const led = scenario.campaigns.filter(({ leadPartnerId }) => leadPartnerId === own?.id);
    expect(led.map(({ status }) => status)).toContain('LIVE');
  });
});

describe('partners and contents of the demo', () => {
  test('link partners to known domains and members, each with one owner at least', () => {
    const domainIds = new Set(scenario.domains.map(({ id }) => id));
    for (const { domainId, members, transitions } of scenario.partners) {
      expect(domainIds.has(domainId)).toBe(true);
      expect(members.length).toBeGreaterThanOrEqual(2);
      expect(members.length).toBeLessThanOrEqual(4);
      expect(members.every(({ userId }) => userIds.has(userId))).toBe(true);
      expect(members.filter(({ role }) => role === 'OWNER')).toHaveLength(1);
      expect(transitions.every(({ byUserId, at }) => userIds.has(byUserId) && at < ENDS_AT)).toBe(true);
    }
  });

  test('walk every partner and campaign through a chain of states that ends in its status', () => {
    for (const { status, transitions } of [...scenario.partners, ...scenario.campaigns]) {
      expect(transitions.map(({ from }) => from)).toEqual([null, ...transitions.slice(0, -1).map(({ to }) => to)]);
      expect(transitions.at(-1)?.to).toBe(status);
      const times = transitions.map(({ at }) => at.getTime());
      expect(times).toEqual(times.toSorted((left, right) => left - right));
    }
  });

  test('cover all kinds, modules and levels, in two languages', () => {
    expect(Object.keys(countBy(scenario.contents, ({ kind }) => kind))).toHaveLength(9);
    expect(Object.keys(countBy(scenario.contents, ({ module }) => module))).toHaveLength(6);
    expect(Object.keys(countBy(scenario.contents, ({ level }) => level))).toHaveLength(3);
    expect(Object.keys(countBy(scenario.contents, ({ language }) => language)).sort()).toEqual(['en', 'zh-CN']);
  });

  test('publish only for partners that were active by then and still are, or were withdrawn', () => {
    for (const { partnerId, status, publishedAt, createdAt } of scenario.contents) {
      const partner = present(partnerById.get(partnerId), 'the partner of a content');
      expect(createdAt < ENDS_AT).toBe(true);
      expect(publishedAt !== null).toBe(status === 'PUBLISHED' || status === 'WITHDRAWN');
      if (publishedAt === null) continue;
      const activeAt = partner.transitions.find(({ to }) => to === 'ACTIVE')?.at;
      expect(createdAt >= present(activeAt, 'the activation')).toBe(true);
      if (status === 'PUBLISHED') expect(partner.status).toBe('ACTIVE');
    }
  });

  test('have distinct titles, whole amounts of yuan and cents, and a licence that begins before publication', () => {
    expect(new Set(scenario.contents.map(({ title }) => title)).size).toBe(150);
    expect(currencyExponent(scenario.currency)).toBe(2);
    for (const { priceMinor, publishedAt, licence, currency } of scenario.contents) {
      expect(priceMinor >= 0n && priceMinor < 1_000_000n && currency === 'CNY').toBe(true);
      if (publishedAt) expect(licence.validFrom <= publishedAt).toBe(true);
      if (licence.validUntil) expect(licence.validUntil > licence.validFrom).toBe(true);
    }
  });

  test('hold a few that must not be sold: drafts, handed in, withdrawn, and expired before the first sale', () => {
    const byStatus = countBy(scenario.contents, ({ status }) => status);
    expect(byStatus).toEqual({ PUBLISHED: 144, DRAFT: 1, SUBMITTED: 2, WITHDRAWN: 3 });
    const expired = scenario.contents.filter(({ licence }) => licence.validUntil && licence.validUntil < ENDS_AT);
    expect(expired.map(({ key }) => key).sort()).toEqual([
      'celebrity-abs-challenge',
      'exam-vocabulary-2019',
      'street-jazz-sessions',
    ]);
  });
});

describe('campaigns of the demo', () => {
  test('stand in four different states, each across domains', () => {
    expect(scenario.campaigns.map(({ status }) => status).sort()).toEqual(['DRAFT', 'ENDED', 'LIVE', 'PAUSED']);
    for (const { contentIds, partners, leadPartnerId } of scenario.campaigns) {
      const contents = contentIds.map((id) => present(contentById.get(id), 'a promoted content'));
      expect(new Set(contents.map(({ domainId }) => domainId)).size).toBeGreaterThanOrEqual(2);
      expect(contents.every(({ status }) => status === 'PUBLISHED')).toBe(true);
      expect(partners.filter(({ role }) => role === 'LEAD').map(({ partnerId }) => partnerId)).toEqual([leadPartnerId]);
      expect(partners.every(({ partnerId, channels }) => partnerById.has(partnerId) && channels.length > 0)).toBe(true);
    }
  });

  test('give views a day at most, and none in one of them', () => {
    const windows = scenario.campaigns.map(({ viewWindowDays }) => viewWindowDays);
    expect(windows.toSorted()).toEqual([0, 1, 1, 1]);
    expect(scenario.campaigns.every((c) => c.attributionWindowDays >= 7)).toBe(true);
  });

  test('spend less than their budget, only on channels that a partner runs', () => {
    for (const campaign of scenario.campaigns) {
      const costs = scenario.campaignCosts.filter(({ campaignId }) => campaignId === campaign.id);
      expect(costs.length > 0).toBe(campaign.status !== 'DRAFT');
      expect(costs.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) < campaign.budgetMinor).toBe(true);
      for (const { partnerId, channel } of costs) {
        const partner = campaign.partners.find((candidate) => candidate.partnerId === partnerId);
        expect(partner?.channels).toContain(channel);
      }
    }
  });
});

describe('the profiles of the demo', () => {
  const learners = scenario.users.filter(({ roles }) => roles.every((role) => role === 'LEARNER'));
  const told = present(catalogueRows(scenario, 'hash').get('users'), 'the users of the demo').map((row) => ({
    locale: row.locale as string,
    interests: row.interests as readonly string[],
  }));

  test('have people enough of many occupations, in both languages, who like what goes with theirs', () => {
    const active = new Set(scenario.interactions.map(({ userId }) => userId));
    const counts = countBy(
      learners.filter(({ id }) => active.has(id)),
      ({ occupation }) => occupation,
    );
    expect(counts.后端工程师).toBeGreaterThanOrEqual(10);
    expect(counts['Backend engineer']).toBeGreaterThanOrEqual(10);
    const common = Object.keys(counts).filter((name) => (counts[name] ?? 0) >= 10);
    expect(common.filter((name) => /^[A-Z]/.test(name)).length).toBeGreaterThanOrEqual(8);
    expect(common.filter((name) => /\p{Script=Han}/u.test(name)).length).toBeGreaterThanOrEqual(20);
    const engineers = learners.filter(({ occupation }) => /后端工程师|Backend engineer/.test(occupation));
    const first = countBy(engineers, ({ interests }) => interests[0] ?? '');
    expect(first.technology).toBe(engineers.length);
  });

  test('tell interests in words of their language, of which contents speak', () => {
    for (const { locale, interests } of told) {
      expect(interests).toEqual([...new Set(interests)]);
      if (locale === 'en') expect(interests.filter((text) => !/^[A-Za-z ]+$/.test(text))).toEqual([]);
      else expect(interests.filter((text) => !/\p{Script=Han}/u.test(text) && text !== 'Python')).toEqual([]);
    }
    const words = new Set(told.flatMap(({ interests }) => interests));
    expect(words.size).toBeGreaterThan(40);
    const texts = scenario.contents.map(({ title, keywords, description }) =>
      [title, ...keywords, description].join(' ').toLowerCase(),
    );
    const unheard = [...words].filter((text) => !texts.some((content) => content.includes(text.toLowerCase())));
    expect(unheard).toEqual([]);
  });
});
