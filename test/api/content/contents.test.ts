import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { countQueries } from '../../support/count-queries.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const NODE =
  'title onOffer owned price { amount } domain { name } partner { name } licences { exclusive } steps { to }';
const OFFERED = /* GraphQL */ `
  query ($first: Int! = 20, $after: String, $filter: ContentFilter! = {}) {
    contents(first: $first, after: $after, filter: $filter) {
      edges { node { ${NODE} } }
      pageInfo { hasNextPage endCursor }
    }
  }`;
const SUPPLIED = /* GraphQL */ `
  query ($first: Int! = 20, $after: String, $filter: SuppliedContentFilter! = {}) {
    contents: suppliedContents(first: $first, after: $after, filter: $filter) {
      edges { node { ${NODE} } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

interface Listed {
  readonly contents: {
    readonly edges: readonly { readonly node: { readonly title: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface Asked {
  readonly query?: string;
  readonly viewer?: { readonly token: string };
  readonly filter?: object;
}

async function titles(app: TestApp, { query = OFFERED, viewer, filter = {} }: Asked = {}): Promise<string[]> {
  const { contents } = await app.query<Listed>(query, { filter }, viewer ?? {});
  return contents.edges.map((edge) => edge.node.title);
}

describe('the contents on offer', () => {
  it('are published, licensed where the viewer is, and supplied by an active partner', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-01T00:00:00Z') });
    await aContent(app, { title: 'everywhere' });
    await aContent(app, { title: 'in China', licences: [{ territory: ['CN'] }] });
    await aContent(app, { title: 'expired', licences: [{ validUntil: new Date('2026-11-01T00:00:00Z') }] });
    await aContent(app, { title: 'not yet', licences: [{ validFrom: new Date('2026-11-01T00:00:01Z') }] });
    await aContent(app, { title: 'unlicensed', licences: [] });
    const { id } = await aPartner(app, { state: 'TERMINATED' });
    await aContent(app, { title: 'of a former partner', partnerId: id });
    for (const state of ['DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const) {
      await aContent(app, { title: state, state });
    }
    const chinese = await aLearner(app, { country: 'CN' });
    const german = await aLearner(app, { country: 'DE' });
    expect((await titles(app, { viewer: chinese })).toSorted()).toEqual(['everywhere', 'in China']);
    expect(await titles(app, { viewer: german })).toEqual(['everywhere']);
    expect(await titles(app)).toEqual(['everywhere']);
    // Staff browse the shelf as it is for them; what is behind it has its own list.
    expect((await titles(app, { viewer: await anAdmin(app) })).toSorted()).toEqual(['everywhere', 'in China']);
  });

  it('come newest first, each once, page by page', async () => {
    await using app = await startTestApp();
    const sameInstant = new Date('2026-10-05T00:00:00Z');
    for (let day = 1; day <= 4; day++) {
      await aContent(app, { title: `day ${day}`, publishedAt: new Date(Date.UTC(2026, 9, day)) });
    }
    for (const title of ['tie', 'tie', 'tie']) await aContent(app, { title, publishedAt: sameInstant });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { contents }: Listed = await app.query<Listed>(OFFERED, { first: 2, after });
      seen.push(...contents.edges.map((edge) => edge.node.title));
      after = contents.pageInfo.hasNextPage ? contents.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(['tie', 'tie', 'tie', 'day 4', 'day 3', 'day 2', 'day 1']);
  });

  it('are filtered by every condition that is given', async () => {
    await using app = await startTestApp();
    const gym = await aPartner(app, { domainCode: 'fitness' });
    await aContent(app, { title: 'course', level: 'ADVANCED' });
    await aContent(app, { title: 'book', kind: 'BOOK', language: 'en' });
    await aContent(app, {
      title: 'mat',
      kind: 'PRODUCT',
      module: 'COMMERCE',
      domainCode: 'fitness',
      partnerId: gym.id,
    });
    const ask = (filter: object) => titles(app, { filter });
    expect(await ask({ domain: 'fitness' })).toEqual(['mat']);
    expect(await ask({ module: 'COMMERCE' })).toEqual(['mat']);
    expect(await ask({ kind: 'BOOK' })).toEqual(['book']);
    expect(await ask({ level: 'ADVANCED' })).toEqual(['course']);
    expect(await ask({ partnerId: globalId('Partner', gym.id) })).toEqual(['mat']);
    expect((await ask({ language: 'zh' })).toSorted()).toEqual(['course', 'mat']);
    expect(await ask({ language: 'zh-CN', domain: 'technology' })).toEqual(['course']);
    expect(await ask({ language: 'z%' })).toEqual([]);
    expect(await ask({ kind: 'BOOK', level: 'ADVANCED' })).toEqual([]);
  });

  it('do not need more statements when there are more', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    const ask = () => titles(app, { viewer: learner });
    await aContent(app);
    const few = await countQueries(app, ask);
    for (let at = 0; at < 15; at++) await aContent(app, { domainCode: `domain-${at}` });
    expect(await countQueries(app, ask)).toBe(few);
    // Session, contents, and one each for offers, ownership, domains, partners, licences and steps.
    expect(few).toBe(8);
  });
});

describe('what one supplies', () => {
  it('is listed drafts and all for members of the partner and admins, and for nobody else', async () => {
    await using app = await startTestApp();
    const own = await aPartner(app);
    await aContent(app, { title: 'own draft', state: 'DRAFT', partnerId: own.id });
    await aContent(app, { title: 'own shelf', partnerId: own.id });
    await aContent(app, { title: 'foreign draft', state: 'DRAFT' });
    const viewer = await aMember(app, { partnerId: own.id, role: 'VIEWER' });
    const ask = async (asked: Asked) => (await titles(app, { query: SUPPLIED, ...asked })).toSorted();
    expect(await ask({ viewer })).toEqual(['own draft', 'own shelf']);
    expect(await ask({ viewer, filter: { state: 'DRAFT' } })).toEqual(['own draft']);
    expect(await ask({ viewer: await anAdmin(app), filter: { state: 'DRAFT' } })).toEqual([
      'foreign draft',
      'own draft',
    ]);
    expect(await ask({ viewer: await aLearner(app) })).toEqual([]);
    expect(await ask({})).toEqual([]);
  });

  it('is seen by its id before it is on the shelf; licences are not shown to learners', async () => {
    await using app = await startTestApp();
    const { id, partnerId } = await aContent(app, { state: 'DRAFT' });
    const shelved = await aContent(app, { partnerId });
    const ask = async (contentId: string, viewer: { token: string }) =>
      app.query('query ($id: ID!) { content(id: $id) { state licences { territory } } }', gid(contentId), viewer);
    const member = await aMember(app, { partnerId, role: 'VIEWER' });
    const learner = await aLearner(app);
    expect(await ask(id, member)).toEqual({ content: { state: 'DRAFT', licences: [{ territory: ['*'] }] } });
    expect(await ask(id, learner)).toEqual({ content: null });
    expect(await ask(shelved.id, learner)).toEqual({ content: { state: 'PUBLISHED', licences: [] } });
  });
});

function gid(contentId: string): { id: string } {
  return { id: globalId('Content', contentId) };
}
