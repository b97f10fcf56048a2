import { describe, expect, it } from 'vitest';
import { type FeedSource, toCandidates, type Wish } from '../../../../src/recommendations/feed/candidates.ts';
import { type FeedReason, reasonsFor } from '../../../../src/recommendations/feed/feed-reason.ts';
import { priorRanker } from '../../../../src/recommendations/feed/ranker.ts';
import { isChinese, TEXTS } from '../../../../src/recommendations/feed/reason-texts.ts';
import { aCatalogue, aModel, aWish, DAY_MS, deeds, NOW_MS, type WishFacts } from '../../../support/feed-wish.ts';

function reasonsOf(wish: Wish, number: number, source: FeedSource = 'NEW'): FeedReason[] {
  const [candidate] = toCandidates(new Map([[number, source]]), wish);
  if (!candidate) throw new Error('no candidate');
  return reasonsFor({ wish, candidate, parts: priorRanker.partsOf(candidate) });
}

const old = { publishedAtMs: NOW_MS - 400 * DAY_MS };
const catalogue = aCatalogue([
  { ...old, title: 'Graphs', partnerId: 'liked', partnerName: 'Liked Press' },
  old,
  { ...old, domainCode: 'law', domainName: 'Law', domainNameZh: '法律' },
  old,
]);
const contentIds = ['c0', 'c1', 'c2', 'c3'];
const finished = [deeds('c0', { kind: 'PROGRESS', value: 1 })];

/** In English and in Chinese. */
function told(facts: WishFacts, number: number, source?: FeedSource): string[] {
  return ['en-GB', 'zh-CN'].map((locale) => {
    const wish = aWish({ ...facts, person: { ...facts.person, locale } });
    return reasonsOf(wish, number, source)
      .map(({ kind, text }) => `${kind}: ${text}`)
      .join(' | ');
  });
}

describe('the reason that a person is told', () => {
  it('is what they did, when people with the same taste brought it', () => {
    const model = aModel({ contentIds, alike: [['c0', 'c1', 0.5]] });
    const facts = { catalogue, model, person: { history: finished } };
    expect(told(facts, 1)).toEqual([
      'BECAUSE_YOU_INTERACTED: Because you finished “Graphs”',
      'BECAUSE_YOU_INTERACTED: 因为你学完了《Graphs》',
    ]);
    expect(reasonsOf(aWish(facts), 1)[0]?.contentId).toBe('c0');
  });

  it('is what they did that brought most of it, not what they did last', () => {
    const model = aModel({
      contentIds,
      alike: [
        ['c0', 'c1', 0.2],
        ['c3', 'c1', 0.4],
      ],
    });
    const person = { history: [...finished, deeds('c3', { kind: 'LIKE' })] };
    expect(reasonsOf(aWish({ catalogue, model, person }), 1)[0]).toMatchObject({
      contentId: 'c3',
      text: 'Because you liked “Title of c3”',
    });
  });

  it('is likeness in content, when what is told of both brought it', () => {
    const model = aModel({ contentIds, alikeByText: [['c0', 'c1', 0.5]] });
    expect(told({ catalogue, model, person: { history: finished } }, 1)).toEqual([
      'ALIKE_IN_CONTENT: About the same as “Graphs”, which you finished',
      'ALIKE_IN_CONTENT: 与你学完了的《Graphs》内容相近',
    ]);
  });

  it('is what they told of themselves, in their own words', () => {
    expect(told({ catalogue, profile: { c1: { score: 1, told: 'graph theory' } } }, 1)).toEqual([
      'MATCHES_PROFILE: Fits what you told of yourself: graph theory',
      'MATCHES_PROFILE: 符合你填写的“graph theory”',
    ]);
  });

  it('is their occupation, unless they object', () => {
    const model = aModel({ contentIds, occupations: { nurse: { c1: 4 } } });
    const person = { occupation: 'nurse' };
    expect(told({ catalogue, model, person }, 1)).toEqual([
      'POPULAR_WITH_OCCUPATION: Popular with people who work as nurse',
      'POPULAR_WITH_OCCUPATION: 受nurse欢迎',
    ]);
    const facts = { catalogue, model, person: { ...person, mayUseProfile: false } };
    expect(told(facts, 1)[0]).toMatch(/^CATALOGUE/);
    // A list that was made before they objected has kept what the ranker saw.
    const [candidate] = toCandidates(new Map([[1, 'OCCUPATION']]), aWish({ catalogue, model, person }));
    if (!candidate) throw new Error('no candidate');
    const parts = priorRanker.partsOf(candidate);
    expect(reasonsFor({ wish: aWish(facts), candidate, parts }).map(({ kind }) => kind)).toEqual(['CATALOGUE']);
  });

  it('is popularity, in all and in its domain, only of what is popular', () => {
    const model = aModel({ contentIds, popularity: { c1: 100, c2: 1, c3: 0.05 } });
    expect(told({ catalogue, model }, 1)).toEqual([
      'POPULAR: Popular with learners | POPULAR_IN_DOMAIN: Popular in Technology',
      'POPULAR: 受学习者欢迎 | POPULAR_IN_DOMAIN: 技术领域的热门内容',
    ]);
    expect(told({ catalogue, model }, 2)).toEqual([
      'POPULAR_IN_DOMAIN: Popular in Law',
      'POPULAR_IN_DOMAIN: 法律领域的热门内容',
    ]);
    expect(told({ catalogue, model }, 3)[0]).toMatch(/^CATALOGUE/);
    expect(told({ catalogue, model, filter: { domains: ['law', 'technology'] } }, 1)[0]).toBe(
      'POPULAR_IN_DOMAIN: Popular in Technology',
    );
  });

  it('is that it is new, for thirty days, and whose it is when they know the partner', () => {
    const at = (ms: number) => ({ publishedAtMs: NOW_MS - ms });
    const shelf = aCatalogue([
      { ...old, partnerId: 'liked' },
      { ...at(30 * DAY_MS), partnerId: 'liked', partnerName: 'Liked Press' },
      at(30 * DAY_MS),
      at(30 * DAY_MS + 1),
    ]);
    const facts = { catalogue: shelf, person: { history: finished } };
    expect(told(facts, 1)).toEqual(['NEW_FROM_PARTNER: New from Liked Press', 'NEW_FROM_PARTNER: Liked Press的新内容']);
    expect(told(facts, 2)).toEqual(['NEW: New in the last 30 days', 'NEW: 近 30 天新上架']);
    expect(told(facts, 3)).toEqual(['CATALOGUE: From the catalogue', 'CATALOGUE: 来自内容库']);
  });

  it('is chance for a discovery, and that they saw it before all else', () => {
    expect(told({ catalogue }, 1, 'DISCOVERY')).toEqual([
      'DISCOVERY: Little known so far: something to discover',
      'DISCOVERY: 还少有人知道，值得发现',
    ]);
    expect(told({ catalogue, person: { seenAtMs: new Map([['c1', NOW_MS]]) } }, 1)).toEqual([
      'SEEN_BEFORE: You have looked at this before',
      'SEEN_BEFORE: 你之前看过',
    ]);
  });

  it('are the two that weigh most, the weightiest first', () => {
    const model = aModel({
      contentIds,
      alike: [['c0', 'c1', 0.5]],
      alikeByText: [['c0', 'c1', 0.5]],
      popularity: { c1: 5 },
    });
    const profile = { c1: { score: 1, told: 'x' } };
    const wish = aWish({ catalogue, model, profile, person: { history: finished } });
    // 6 for the taste, 2.5 for the profile; 2 each for the text and for popularity come too late.
    expect(reasonsOf(wish, 1).map(({ kind }) => kind)).toEqual(['BECAUSE_YOU_INTERACTED', 'MATCHES_PROFILE']);
  });
});

describe('the texts of reasons', () => {
  it('are Chinese for whoever reads Chinese, wherever', () => {
    expect(['zh', 'zh-CN', 'zh-Hant-TW'].map(isChinese)).toEqual([true, true, true]);
    expect(['en', 'zha', 'fr-CH'].map(isChinese)).toEqual([false, false, false]);
  });

  it('tell every deed in both languages', () => {
    const kinds = ['VIEW', 'PROGRESS', 'FINISH', 'RATE', 'LIKE', 'SHARE', 'DISMISS', 'PURCHASE'] as const;
    for (const deed of kinds) {
      expect(TEXTS.en.BECAUSE_YOU_INTERACTED({ title: 'T', deed })).toMatch(/^Because you [a-z ]+ “T”$/);
      expect(TEXTS.zh.ALIKE_IN_CONTENT({ title: 'T', deed })).toMatch(/^与你[\u4e00-\u9fff]+的《T》内容相近$/);
    }
  });
});
