import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aContent, type ContentOptions } from '../../support/contents.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aPartner } from '../../support/partners.ts';
import { aLearner } from '../../support/people.ts';
import { SEARCH, search, titlesFor } from '../../support/search.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const SHELF: readonly ContentOptions[] = [
  {
    title: 'Python Programming for Everybody',
    authors: ['Ada Chen'],
    description: 'From variables to small programs, one exercise after the other.',
    keywords: ['coding', 'beginners'],
    language: 'en',
    domainCode: 'technology',
  },
  {
    title: 'Machine Learning in Practice',
    authors: ['Tom Baker'],
    description: 'Train models with Python: regression, trees, neural networks.',
    keywords: ['statistics', 'models'],
    language: 'en-GB',
    domainCode: 'technology',
    kind: 'BOOK',
    module: 'COMMERCE',
  },
  {
    title: '计算机网络',
    authors: ['贾艳滨'],
    description: '从物理层到应用层，讲解互联网如何运作。',
    keywords: ['协议', '通信'],
    domainCode: 'technology',
  },
  {
    title: '数据结构与算法',
    authors: ['王芳'],
    description: '线性表、树、图，以及排序和查找。计算机专业的基础课程。',
    keywords: ['编程', '考研'],
    domainCode: 'technology',
  },
  {
    title: '茶文化',
    authors: ['陆远'],
    description: '中国人喝茶的历史与礼仪。',
    keywords: ['历史', '礼仪'],
    domainCode: 'arts',
  },
  {
    title: 'Financial Accounting',
    authors: ["Niamh O'Brien"],
    description: 'Double entry, statements, and what they tell.',
    keywords: ['money', 'books'],
    language: 'en',
    domainCode: 'finance',
    module: 'FINANCE',
  },
];

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
  const { id: partnerId } = await aPartner(app, { name: '清华大学', domainCode: 'technology' });
  const { id: otherId } = await aPartner(app, { name: 'Meridian Press', domainCode: 'finance' });
  for (const options of SHELF) {
    await aContent(app, { ...options, partnerId: options.domainCode === 'finance' ? otherId : partnerId });
  }
  await app.services.searchIndex.index();
});

afterAll(() => app[Symbol.asyncDispose]());

describe('a search', () => {
  it.each([
    ['a word of the title', 'accounting', 'Financial Accounting'],
    ['an author', 'baker', 'Machine Learning in Practice'],
    ['a Chinese author', '贾艳滨', '计算机网络'],
    ['a keyword', 'coding', 'Python Programming for Everybody'],
    ['a word of the description alone', 'regression', 'Machine Learning in Practice'],
    ['the name of the partner', 'Meridian', 'Financial Accounting'],
    ['another form of a word', 'programs', 'Python Programming for Everybody'],
    ['the beginning of a word', 'accoun', 'Financial Accounting'],
    ['capitals, accents and full-width letters', 'ＦＩＮÁＮＣＩＡＬ', 'Financial Accounting'],
    ['a Chinese word', '算法', '数据结构与算法'],
    ['a longer Chinese text', '数据结构', '数据结构与算法'],
    ['one Chinese character', '茶', '茶文化'],
    ['a part of a Chinese title', '机网络', '计算机网络'],
  ])('finds by %s', async (_way, query, title) => {
    expect((await titlesFor(app, query))[0]).toBe(title);
  });

  it.each([
    ['two letters exchanged', 'pyhton', 'Python Programming for Everybody'],
    ['a letter too few', 'machne', 'Machine Learning in Practice'],
    ['a letter too many', 'finaancial', 'Financial Accounting'],
    ['a wrong letter at the beginning', 'bython', 'Python Programming for Everybody'],
    ['two edits in a long word', 'acounnting', 'Financial Accounting'],
    ['two words with an edit each', 'machin lerning', 'Machine Learning in Practice'],
    ['a wrong Chinese character', '计算机网洛', '计算机网络'],
    ['a Chinese character too few', '数据结与算法', '数据结构与算法'],
    ['a Chinese character too many', '计算机的网络', '计算机网络'],
  ])('forgives %s', async (_mistake, query, title) => {
    expect((await titlesFor(app, query))[0]).toBe(title);
  });

  it('does not take a short word for another, nor one that is too far', async () => {
    expect(await titlesFor(app, 'tee')).toEqual([]);
    expect(await titlesFor(app, 'pxxhon')).toEqual([]);
    expect(await titlesFor(app, 'astrology')).toEqual([]);
  });

  it('ranks a title above a description', async () => {
    expect(await titlesFor(app, 'python')).toEqual([
      'Python Programming for Everybody',
      'Machine Learning in Practice',
    ]);
    expect((await titlesFor(app, '计算机')).slice(0, 2)).toEqual(['计算机网络', '数据结构与算法']);
  });

  it('goes on without a word that nothing has', async () => {
    expect(await titlesFor(app, 'accounting zyzzyva')).toEqual(['Financial Accounting']);
  });

  it('is narrowed by domains, modules, kinds and languages at once', async () => {
    expect(await titlesFor(app, 'python', { kinds: ['BOOK'] })).toEqual(['Machine Learning in Practice']);
    expect(await titlesFor(app, 'python', { modules: ['COURSE', 'FINANCE'] })).toHaveLength(1);
    expect(await titlesFor(app, 'python', { languages: ['en'] })).toHaveLength(2);
    expect(await titlesFor(app, 'python', { languages: ['en'], kinds: ['BOOK'], domains: ['arts'] })).toEqual([]);
    expect(await titlesFor(app, 'python', { domains: ['arts', 'technology'], modules: ['COMMERCE'] })).toHaveLength(1);
  });

  it('shows where a content has what was looked for', async () => {
    const query = `query ($query: String!) { search(query: $query, first: 1) { totalCount edges { node {
      highlights { field fragments { text isMatch } } } } } }`;
    const answer = await app.query<{ search: { totalCount: number; edges: object[] } }>(query, {
      query: '数据 pyhton 排序',
    });
    expect(answer.search.edges[0]).toEqual({
      node: {
        highlights: [
          {
            field: 'TITLE',
            fragments: [
              { text: '数据', isMatch: true },
              { text: '结构与算法', isMatch: false },
            ],
          },
          {
            field: 'DESCRIPTION',
            fragments: [
              { text: '线性表、树、图，以及', isMatch: false },
              { text: '排序', isMatch: true },
              { text: '和查找。计算机专业的基础课程。', isMatch: false },
            ],
          },
        ],
      },
    });
  });

  it('counts what all pages hold when asked, within the filter', async () => {
    const query = `query ($kinds: [ContentKind!]) { search(query: "python", first: 1, kinds: $kinds) { totalCount } }`;
    expect(await app.query(query)).toEqual({ search: { totalCount: 2 } });
    expect(await app.query(query, { kinds: ['BOOK'] })).toEqual({ search: { totalCount: 1 } });
    expect(await app.query('{ search(query: "the") { totalCount edges { cursor } } }')).toEqual({
      search: { totalCount: 0, edges: [] },
    });
  });

  it('finds nothing by punctuation and by words that stand everywhere', async () => {
    for (const query of ['?!', 'of the', '的', '😀']) expect(await titlesFor(app, query)).toEqual([]);
  });

  it.each([
    "'; drop table contents; --",
    "python' | 'machine':*",
    '\\',
    "\\' & !( <-> |",
    '%_%',
    '{"$gt": ""}',
    '<b>python</b>',
    '((((((((((python',
    "O'Brien's",
    'a'.repeat(200),
    '计'.repeat(200),
  ])('takes %j for words and nothing else', async (query) => {
    const answer = await app.graphql(SEARCH, { query });
    expect(answer.errors).toEqual([]);
  });

  it('refuses a query that is blank, too long or cannot be printed, and too many values of a filter', async () => {
    for (const query of ['', ' \t ', 'x'.repeat(201), 'a\u0000b', 'a\u202eb']) {
      const { errors } = await app.graphql(SEARCH, { query });
      expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
    }
    const { errors } = await app.graphql(SEARCH, {
      query: 'x',
      domains: Array.from({ length: 51 }, (_, at) => `d${at}`),
    });
    expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('refuses the cursor of another list, and costs what it may answer with', async () => {
    for (const after of [
      'x',
      Buffer.from('["1"]').toString('base64url'),
      Buffer.from('["NaN","x"]').toString('base64url'),
    ]) {
      const { errors } = await app.graphql(SEARCH, { query: 'python', after });
      expect(errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
    }
    const costly = `{ search(query: "a", first: 100) { edges { node { highlights { fragments { text } } } } } }`;
    const { errors } = await app.graphql(costly);
    expect(errors[0]?.extensions).toMatchObject({ code: 'QUERY_TOO_COSTLY' });
  });

  it('takes the same number of statements however much it finds', async () => {
    const few = await countQueries(app, () => titlesFor(app, 'accounting'));
    const many = await countQueries(app, () => titlesFor(app, 'python technology 计算机 数据 茶 financial'));
    expect(few).toBe(4);
    expect(many).toBe(few);
  });
});

describe('the pages of a search', () => {
  it('hold every content once, best first', async () => {
    await using many = await startTestApp();
    const { id: partnerId } = await aPartner(many, { domainCode: 'arts' });
    for (let at = 0; at < 25; at++) {
      const title = at % 3 === 0 ? `Oil Painting ${at}` : `Painting with oil and water ${at}`;
      await aContent(many, {
        title,
        partnerId,
        domainCode: 'arts',
        description: 'Colours and how to mix them. '.repeat(2),
      });
    }
    expect(await many.services.searchIndex.index()).toBe(25);
    const seen: string[] = [];
    const scores: number[] = [];
    let after: string | null = null;
    do {
      const page = await search(many, { query: 'oil painting', first: 4, after });
      seen.push(...page.edges.map(({ node }) => node.content.title));
      scores.push(...page.edges.map(({ node }) => node.score));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
    expect(seen.slice(0, 9).every((title) => title.startsWith('Oil'))).toBe(true);
  });
});

describe('what a search may show', () => {
  it('is on offer where the viewer is', async () => {
    await using shop = await startTestApp();
    await aContent(shop, { title: 'Ceramics everywhere' });
    await aContent(shop, { title: 'Ceramics in China', licences: [{ territory: ['CN'] }] });
    await aContent(shop, { title: 'Ceramics expired', licences: [{ validUntil: new Date('2026-10-01T00:00:00Z') }] });
    await aContent(shop, { title: 'Ceramics unlicensed', licences: [] });
    const { id } = await aPartner(shop, { state: 'SUSPENDED' });
    await aContent(shop, { title: 'Ceramics of a suspended partner', partnerId: id });
    for (const state of ['DRAFT', 'APPROVED', 'WITHDRAWN'] as const)
      await aContent(shop, { title: `Ceramics ${state}`, state });
    await shop.services.searchIndex.index();
    const chinese = await aLearner(shop, { country: 'CN' });
    const inChina = await search(shop, { query: 'ceramics', viewer: chinese });
    expect(inChina.edges.map(({ node }) => node.content.title).toSorted()).toEqual([
      'Ceramics everywhere',
      'Ceramics in China',
    ]);
    expect(await titlesFor(shop, 'ceramics')).toEqual(['Ceramics everywhere']);
  });
});
