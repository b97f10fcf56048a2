import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { isFitForAge } from '../../../src/content/index.ts';
import { globalId, localId } from '../../../src/shared/global-id.ts';
import { leastAge, leastAgeSql } from '../../../src/users/index.ts';
import { moveContent } from '../../support/content-operations.ts';
import { aContent } from '../../support/contents.ts';
import { placeOrder } from '../../support/order-operations.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const CREATE = /* GraphQL */ `
  mutation ($input: CreateContentInput!) {
    createContent(input: $input) {
      ... on CreateContentSuccess { content { id minAge } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;
const UPDATE = /* GraphQL */ `
  mutation ($input: UpdateContentInput!) {
    updateContent(input: $input) {
      ... on UpdateContentSuccess { content { id minAge } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;
const draft = {
  domain: 'finance',
  kind: 'COURSE',
  module: 'FINANCE',
  level: 'BEGINNER',
  language: 'zh-CN',
  title: '指数基金定投计划',
  description: '每月定投一只宽基指数基金，讲清费率、风险与退出。',
  priceMinor: '0',
  currency: 'CNY',
};

type Answer = { readonly content?: { readonly id: string; readonly minAge: number }; readonly field?: string };

async function send(app: TestApp, supplier: TestPerson, query: string, input: object): Promise<Answer> {
  return Object.values(await app.query<Record<string, Answer>>(query, { input }, supplier))[0] ?? {};
}

async function aSupplier(app: TestApp) {
  const { id } = await aPartner(app, { domainCode: 'finance' });
  const supplier = await aMember(app, { partnerId: id });
  const create = (input: object) =>
    send(app, supplier, CREATE, { ...draft, partnerId: globalId('Partner', id), ...input });
  return { supplier, create };
}

describe('the age that a content asks for', () => {
  it('is what its kind calls for, or what its supplier says', async () => {
    await using app = await startTestApp();
    const { create } = await aSupplier(app);
    expect(await create({})).toMatchObject({ content: { minAge: 0 } });
    expect(await create({ kind: 'FINANCIAL_PRODUCT' })).toMatchObject({ content: { minAge: 18 } });
    expect(await create({ kind: 'FINANCIAL_PRODUCT', minAge: null })).toMatchObject({ content: { minAge: 18 } });
    expect(await create({ kind: 'FINANCIAL_PRODUCT', minAge: 0 })).toMatchObject({ content: { minAge: 0 } });
    expect(await create({ kind: 'VIDEO', minAge: 21 })).toMatchObject({ content: { minAge: 21 } });
    for (const minAge of [-1, 22]) {
      expect(await create({ minAge })).toMatchObject({ code: 'INVALID_INPUT', field: 'minAge' });
    }
  });

  it('changes with the draft; another kind alone raises it and never lowers it', async () => {
    await using app = await startTestApp();
    const { supplier, create } = await aSupplier(app);
    const contentId = (await create({ kind: 'FINANCIAL_PRODUCT', minAge: 16 })).content?.id ?? '';
    const minAgeAfter = async (changes: object) =>
      (await send(app, supplier, UPDATE, { contentId, ...changes })).content?.minAge;
    expect(await minAgeAfter({ title: '指数基金定投指南' })).toBe(16);
    expect(await minAgeAfter({ kind: 'FINANCIAL_PRODUCT' })).toBe(16);
    expect(await minAgeAfter({ kind: 'COURSE' })).toBe(16);
    expect(await minAgeAfter({ kind: 'FINANCIAL_PRODUCT' })).toBe(18);
    expect(await minAgeAfter({ kind: 'ARTICLE' })).toBe(18);
    expect(await minAgeAfter({ minAge: 0 })).toBe(0);
    expect(await minAgeAfter({ kind: 'FINANCIAL_PRODUCT', minAge: 20 })).toBe(20);
    expect(await send(app, supplier, UPDATE, { contentId, minAge: 22 })).toMatchObject({ field: 'minAge' });
    const id = localId('Content', contentId);
    const { rows } = await app.platform.database.pool.query('select min_age from contents where id = $1', [id]);
    expect(rows).toEqual([{ min_age: 20 }]);
  });

  it('cannot be lowered once the content was handed in', async () => {
    await using app = await startTestApp();
    const { id, partnerId } = await aContent(app, { state: 'DRAFT', minAge: 18 });
    const supplier = await aMember(app, { partnerId });
    await moveContent(app, supplier, { operation: 'submitContent', contentId: id });
    expect(await send(app, supplier, UPDATE, { contentId: globalId('Content', id), minAge: 0 })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
  });

  it('lets somebody through in a statement just as it does outside of one', async () => {
    await using app = await startTestApp();
    const at = new Date('2026-11-01T08:00:00Z');
    const minAges = [0, 1, 17, 18, 21];
    for (const minAge of minAges) await aContent(app, { minAge });
    for (const birthYear of [null, 2026, 2024, 2009, 2008, 2007, 2005, 2004, 1960]) {
      const learner = await aLearner(app, birthYear === null ? {} : { birthYear });
      const age = leastAge(birthYear, at);
      for (const given of [age, leastAgeSql(sql.ref('users.birth_year'), at)]) {
        const { rows } = await sql<{ minAge: number }>`
          select contents.min_age as "minAge" from contents, users
          where users.id = ${learner.id} and ${isFitForAge(given)}
          order by contents.min_age
        `.execute(app.platform.database.read());
        expect(rows.map(({ minAge }) => minAge)).toEqual(minAges.filter((minAge) => minAge <= age));
      }
    }
  });
});

describe('an order', () => {
  it('is refused for what the learner is too young for, or may be, naming all of it', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-01T08:00:00Z') });
    const [open, adult, older] = [
      await aContent(app),
      await aContent(app, { minAge: 18 }),
      await aContent(app, { minAge: 21 }),
    ];
    const contentIds = [older.id, open.id, adult.id];
    const both = [older.id, adult.id].map((id) => globalId('Content', id));
    for (const learner of [await aLearner(app), await aLearner(app, { birthYear: 2008 })]) {
      expect(await placeOrder(app, learner, { contentIds })).toMatchObject({
        code: 'AGE_RESTRICTED',
        minAge: 21,
        contentIds: both,
      });
      expect(await placeOrder(app, learner, { contentIds: [open.id] })).toHaveProperty('order');
    }
    const adultLearner = await aLearner(app, { birthYear: 2007 });
    expect(await placeOrder(app, adultLearner, { contentIds })).toMatchObject({
      minAge: 21,
      contentIds: [globalId('Content', older.id)],
    });
    expect(await placeOrder(app, adultLearner, { contentIds: [adult.id] })).toHaveProperty('order');
  });

  it('goes through once the profile says the year of birth', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-01T08:00:00Z') });
    const { id } = await aContent(app, { minAge: 18, priceMinor: 0n });
    const learner = await aLearner(app);
    expect(await placeOrder(app, learner, { contentIds: [id] })).toMatchObject({ code: 'AGE_RESTRICTED' });
    await app.query('mutation { updateProfile(input: { birthYear: 1990 }) { __typename } }', {}, learner);
    expect(await placeOrder(app, learner, { contentIds: [id] })).toMatchObject({ order: { state: 'PAID' } });
  });
});
