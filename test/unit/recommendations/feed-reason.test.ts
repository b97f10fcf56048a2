import { expect, it } from 'vitest';
import { type ReasonFacts, reasonOf } from '../../../src/recommendations/feed-reason.ts';

const now = new Date('2026-11-01T00:00:00Z');
const facts: ReasonFacts = {
  tier: 'LATEST',
  rank: Date.parse('2026-10-20T00:00:00Z') * 1_000,
  domainName: 'Finance',
  domainNameZh: '金融',
  because: undefined,
  isWithinDomains: false,
  now,
};
const because = { contentId: 'a', title: '概率论', kind: 'PURCHASE' as const };

it.each([
  ['en-GB', { tier: 'SIMILAR', because }, 'BECAUSE_YOU_INTERACTED', 'Because you have “概率论”'],
  ['zh-CN', { tier: 'SIMILAR', because }, 'BECAUSE_YOU_INTERACTED', '因为你已有《概率论》'],
  ['fr', { tier: 'POPULAR', isWithinDomains: true }, 'POPULAR_IN_DOMAIN', 'Popular in Finance'],
  ['zh', { tier: 'POPULAR', isWithinDomains: true }, 'POPULAR_IN_DOMAIN', '金融领域的热门内容'],
  ['en', { tier: 'POPULAR' }, 'POPULAR', 'Popular with learners'],
  ['en', {}, 'NEW', 'New in the last 30 days'],
  ['en', { rank: Date.parse('2026-09-01T00:00:00Z') * 1_000 }, 'CATALOGUE', 'From the catalogue'],
  ['en', { tier: 'SEEN' }, 'SEEN_BEFORE', 'You have looked at this before'],
] as const)('says in %s for %o that it is %s: %s', (locale, given, kind, text) => {
  const reason = reasonOf({ ...facts, ...given }, locale);
  expect([reason.kind, reason.text]).toEqual([kind, text]);
});
