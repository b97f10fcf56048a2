import { describe, expect, it } from 'vitest';
import { globalId, localId } from '../../../src/shared/global-id.ts';
import { moveContent } from '../../support/content-operations.ts';
import { aContent } from '../../support/contents.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const CREATE = /* GraphQL */ `
  mutation ($input: CreateContentInput!) {
    createContent(input: $input) {
      __typename
      ... on CreateContentSuccess {
        content { id state title language price { amount currency } authors keywords partner { id } domain { code } }
      }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;
const UPDATE = /* GraphQL */ `
  mutation ($input: UpdateContentInput!) {
    updateContent(input: $input) {
      __typename
      ... on UpdateContentSuccess { content { state title description price { amount } durationMinutes } }
      ... on UserError { code }
      ... on InvalidInputError { field }
      ... on IllegalTransitionError { from to }
    }
  }`;
const LICENSE = /* GraphQL */ `
  mutation ($input: AddLicenceInput!) {
    addLicence(input: $input) {
      __typename
      ... on AddLicenceSuccess { licence { territory exclusive validFrom validUntil } }
      ... on UserError { code }
      ... on InvalidInputError { field }
    }
  }`;

const draft = {
  domain: 'technology',
  kind: 'COURSE',
  module: 'COURSE',
  level: 'BEGINNER',
  language: 'zh-cn',
  title: ' 图论十讲 ',
  authors: ['周老师', '周老师'],
  description: '从七桥问题到最大流，每讲一个问题，一段代码。',
  keywords: ['图论', '算法'],
  priceMinor: '12900',
  currency: 'CNY',
  durationMinutes: 600,
};

type Result = Record<string, Record<string, unknown> & { content?: { id: string } }>;

async function send(app: TestApp, actor: { token: string } | undefined, request: { query: string; input: object }) {
  const data = await app.query<Result>(request.query, { input: request.input }, actor ?? {});
  return Object.values(data)[0] ?? {};
}

describe('a draft', () => {
  it('is begun by a manager of its partner, trimmed and in canonical form', async () => {
    await using app = await startTestApp();
    const { id } = await aPartner(app);
    const partnerId = globalId('Partner', id);
    const manager = await aMember(app, { partnerId: id, role: 'MANAGER' });
    expect(await send(app, manager, { query: CREATE, input: { ...draft, partnerId } })).toMatchObject({
      content: {
        state: 'DRAFT',
        title: '图论十讲',
        language: 'zh-CN',
        price: { amount: '129.00', currency: 'CNY' },
        authors: ['周老师'],
        keywords: ['图论', '算法'],
        partner: { id: partnerId },
        domain: { code: 'technology' },
      },
    });
  });

  it('is begun and changed by nobody else', async () => {
    await using app = await startTestApp();
    const { id: contentId, partnerId } = await aContent(app, { state: 'DRAFT' });
    const create = { query: CREATE, input: { ...draft, partnerId: globalId('Partner', partnerId) } };
    const update = { query: UPDATE, input: { contentId: globalId('Content', contentId), title: '别人的书' } };
    const absent = { query: UPDATE, input: { contentId: globalId('Content', app.platform.ids.next()), title: '无' } };
    const strangers = [
      await aLearner(app),
      await aMember(app, { partnerId, role: 'VIEWER' }),
      await aMember(app, { partnerId, role: 'FINANCE' }),
      await aMember(app, { partnerId: (await aPartner(app)).id }),
    ];
    for (const stranger of strangers) {
      expect(await send(app, stranger, create)).toMatchObject({ code: 'FORBIDDEN' });
      expect(await send(app, stranger, update)).toMatchObject({ code: 'FORBIDDEN' });
      expect(await send(app, stranger, absent)).toMatchObject({ code: 'FORBIDDEN' });
    }
    for (const request of [create, update, absent]) {
      expect(await send(app, undefined, request)).toMatchObject({ code: 'UNAUTHENTICATED' });
    }
  });

  it('is refused with the name of the value that is wrong', async () => {
    await using app = await startTestApp();
    const { id } = await aPartner(app);
    const owner = await aMember(app, { partnerId: id });
    const wrong: [string, object][] = [
      ['domain', { domain: 'alchemy' }],
      ['title', { title: '' }],
      ['title', { title: 'x'.repeat(201) }],
      ['language', { language: 'not a tag' }],
      ['priceMinor', { priceMinor: '-1' }],
      ['currency', { currency: 'XXZ' }],
      ['currency', { currency: 'XTS' }],
      ['authors', { authors: Array.from({ length: 21 }, (_, at) => `Author ${at}`) }],
      ['keywords.1', { keywords: ['good', ' '] }],
      ['durationMinutes', { durationMinutes: 0 }],
    ];
    for (const [field, change] of wrong) {
      const input = { ...draft, partnerId: globalId('Partner', id), ...change };
      expect(await send(app, owner, { query: CREATE, input })).toMatchObject({ code: 'INVALID_INPUT', field });
    }
  });

  it('changes in what is given and stays in the rest, until it is handed in', async () => {
    await using app = await startTestApp();
    const { id, partnerId } = await aContent(app, { state: 'DRAFT', title: '旧标题', priceMinor: 100n });
    const owner = await aMember(app, { partnerId });
    const contentId = globalId('Content', id);
    const changed = await send(app, owner, { query: UPDATE, input: { contentId, title: '新标题', priceMinor: null } });
    expect(changed).toMatchObject({ content: { state: 'DRAFT', title: '新标题', price: { amount: '1.00' } } });
    await app.platform.database.pool.query("update contents set state = 'SUBMITTED' where id = $1", [id]);
    expect(await send(app, owner, { query: UPDATE, input: { contentId, title: '太晚了' } })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      from: 'SUBMITTED',
      to: 'DRAFT',
    });
  });
});

describe('a licence', () => {
  it('is added for some countries and a time', async () => {
    await using app = await startTestApp();
    const { id, partnerId } = await aContent(app);
    const owner = await aMember(app, { partnerId });
    const licence = {
      territory: ['CN', 'JP', 'CN'],
      exclusive: true,
      validFrom: '2026-01-01T00:00:00.000Z',
      validUntil: '2027-01-01T00:00:00.000Z',
    };
    const input = { contentId: globalId('Content', id), ...licence };
    expect(await send(app, owner, { query: LICENSE, input })).toMatchObject({
      licence: { ...licence, territory: ['CN', 'JP'] },
    });
  });

  it('is refused for no country, for what is no country, and when it ends before it begins', async () => {
    await using app = await startTestApp();
    const { id, partnerId } = await aContent(app);
    const owner = await aMember(app, { partnerId });
    const right = { contentId: globalId('Content', id), validFrom: '2026-01-01T00:00:00Z' };
    const wrong: [string, object][] = [
      ['territory', { territory: [] }],
      ['territory.0', { territory: ['*', 'CN'] }],
      ['territory.1', { territory: ['CN', 'China'] }],
      ['validUntil', { validUntil: '2026-01-01T00:00:00Z' }],
    ];
    for (const [field, change] of wrong) {
      expect(await send(app, owner, { query: LICENSE, input: { ...right, ...change } })).toMatchObject({ field });
    }
    expect(await send(app, await aLearner(app), { query: LICENSE, input: right })).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('opens the way to the shelf: from draft over screening to sale', async () => {
    await using app = await startTestApp();
    const partner = await aPartner(app);
    const owner = await aMember(app, { partnerId: partner.id });
    const admin = await anAdmin(app);
    const created = await send(app, owner, {
      query: CREATE,
      input: { ...draft, partnerId: globalId('Partner', partner.id) },
    });
    const contentId = localId('Content', created.content?.id ?? '');
    const unlicensed = await moveContent(app, owner, { operation: 'submitContent', contentId });
    expect(unlicensed).toMatchObject({ code: 'QUALITY_RULES', findings: [{ rule: 'LICENCE_HELD' }] });
    const licence = { contentId: created.content?.id, validFrom: '2026-01-01T00:00:00Z' };
    await send(app, owner, { query: LICENSE, input: licence });
    for (const [actor, move] of [
      [owner, { operation: 'submitContent' }],
      [admin, { operation: 'screenContent', verdict: 'APPROVED' }],
      [owner, { operation: 'publishContent' }],
    ] as const) {
      expect(await moveContent(app, actor, { ...move, contentId })).toMatchObject({
        __typename: 'MoveContentSuccess',
      });
    }
    const seen = await app.query('query ($id: ID!) { content(id: $id) { state onOffer } }', {
      id: created.content?.id,
    });
    expect(seen).toEqual({ content: { state: 'PUBLISHED', onOffer: true } });
  });
});
