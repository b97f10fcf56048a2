import { describe, expect, it } from 'vitest';
import { countQueries } from '../../support/count-queries.ts';
import { execute, FEED, fan, feedOf, like, someContents } from '../../support/feed.ts';
import { recordInteractions } from '../../support/interactions.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const DAY_MS = 86_400_000;

describe('a feed without a model', () => {
  it('shows what is new to a new learner, newest first, with reasons that say so', async () => {
    await using app = await startTestApp();
    const [old = '', ...fresh] = await someContents(app, 3);
    await execute(app, "update contents set published_at = now() - interval '9 years' where id = $1", [old]);
    const learner = await aLearner(app);
    const feed = await feedOf(app, learner);
    expect(feed.ids).toEqual([...fresh.toReversed(), old]);
    expect(feed.hasNextPage).toBe(false);
    expect(feed.items.map((item) => item.reasons.map((reason) => reason.kind))).toEqual([
      ['NEW'],
      ['NEW'],
      ['CATALOGUE'],
    ]);
    expect(feed.items[0]?.reasons[0]).toEqual({ kind: 'NEW', text: '近 30 天新上架', because: null });
  });

  it('is empty where there is nothing to show', async () => {
    await using app = await startTestApp();
    expect(await feedOf(app, await aLearner(app))).toMatchObject({ ids: [], hasNextPage: false, endCursor: null });
  });

  it('belongs to a session', async () => {
    await using app = await startTestApp();
    await someContents(app, 1);
    const answer = await app.graphql(FEED, { first: 5 });
    expect(answer.errors).toEqual([]);
    expect(answer.data).toEqual({ viewer: null });
  });
});

describe('a feed with a model', () => {
  it('puts first what others chose with the things that one did, and says which', async () => {
    await using app = await startTestApp();
    const [a = '', b = '', c = '', d = ''] = await someContents(app, 4);
    await fan(app, a, b);
    await fan(app, a, b);
    await fan(app, a, c);
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    await like(app, learner, a);
    const feed = await feedOf(app, learner);
    expect(feed.ids).toEqual([b, c, d, a]);
    expect(feed.items[0]?.reasons[0]).toEqual({
      kind: 'BECAUSE_YOU_INTERACTED',
      text: '因为你喜欢《Content 0》',
      because: a,
    });
    expect(feed.items.map((item) => item.reasons[0]?.kind)).toEqual([
      'BECAUSE_YOU_INTERACTED',
      'BECAUSE_YOU_INTERACTED',
      'ALIKE_IN_CONTENT',
      'SEEN_BEFORE',
    ]);
    const scores = feed.items.map((item) => item.score);
    expect(scores).toEqual(scores.toSorted((one, other) => other - one));
    expect(Math.max(...scores)).toBeLessThan(1);
    expect(Math.min(...scores)).toBeGreaterThan(0);
  });

  it('shows a new learner what is popular before what nobody has found', async () => {
    await using app = await startTestApp();
    const [a = '', b = '', c = ''] = await someContents(app, 3);
    await fan(app, a);
    await fan(app, a);
    await fan(app, b);
    await app.services.similarity.recompute();
    const feed = await feedOf(app, await aLearner(app));
    expect(feed.ids).toEqual([a, b, c]);
    expect(feed.items.map((item) => item.reasons[0]?.kind)).toEqual(['POPULAR', 'POPULAR', 'NEW']);
  });

  it('knows in the next feed of what was done just now, without a new model', async () => {
    await using app = await startTestApp();
    const [a = '', b = '', x = '', y = ''] = await someContents(app, 4);
    await fan(app, a, b);
    await fan(app, x, y);
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    await like(app, learner, a);
    expect((await feedOf(app, learner, { first: 1 })).ids).toEqual([b]);
    app.clock.advance(1_000);
    await recordInteractions(app, learner, [
      { contentId: x, kind: 'RATE', value: 5 },
      { contentId: x, kind: 'SHARE' },
    ]);
    expect((await feedOf(app, learner, { first: 1 })).ids).toEqual([y]);
    await recordInteractions(app, learner, [{ contentId: y, kind: 'DISMISS' }]);
    expect((await feedOf(app, learner)).ids).not.toContain(y);
  });

  it('takes nothing from what one disliked', async () => {
    await using app = await startTestApp();
    const [a = '', b = '', c = ''] = await someContents(app, 3);
    await fan(app, a, b);
    await fan(app, a, b);
    await fan(app, c);
    await fan(app, c);
    await fan(app, c);
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    await recordInteractions(app, learner, [{ contentId: a, kind: 'RATE', value: 1 }]);
    const feed = await feedOf(app, learner);
    expect(feed.items.map((item) => [item.contentId, item.reasons[0]?.kind])).toEqual([
      [c, 'POPULAR'],
      [b, 'POPULAR'],
      [a, 'SEEN_BEFORE'],
    ]);
  });

  it('never shows what one owns, finished or dismissed, whatever the model says', async () => {
    await using app = await startTestApp();
    const [a = '', owned = '', finished = '', dismissed = '', open = ''] = await someContents(app, 5);
    await fan(app, a, owned, finished, dismissed, open);
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    await like(app, learner, a);
    await recordInteractions(app, learner, [
      { contentId: finished, kind: 'PROGRESS', value: 1 },
      { contentId: dismissed, kind: 'DISMISS' },
      { contentId: open, kind: 'PROGRESS', value: 0.99 },
    ]);
    const purchase = { userId: learner.id, contentIds: [owned], orderId: app.platform.ids.next(), at: app.clock.now() };
    await app.platform.database.transaction((em) => app.services.interactions.recordPurchases(em, purchase));
    await app.platform.database.transaction((em) => app.services.interactions.recordPurchases(em, purchase));
    expect((await feedOf(app, learner)).ids.toSorted()).toEqual([a, open].toSorted());
    await app.services.similarity.recompute();
    expect((await feedOf(app, learner)).ids.toSorted()).toEqual([a, open].toSorted());
  });

  it('never shows what is withdrawn, of an inactive partner, or without a licence here and now', async () => {
    await using app = await startTestApp();
    const [a = '', b = '', withdrawn = '', orphan = ''] = await someContents(app, 4);
    const until = new Date(app.clock.now().getTime() + DAY_MS);
    const [expiring = ''] = await someContents(app, 1, { licences: [{ validUntil: until }] });
    const [elsewhere = ''] = await someContents(app, 1, { licences: [{ territory: ['FR'] }] });
    const [unlicensed = ''] = await someContents(app, 1, { licences: [] });
    await fan(app, a, b, withdrawn, orphan, expiring, elsewhere, unlicensed);
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    await like(app, learner, a);
    await execute(app, "update contents set state = 'WITHDRAWN' where id = $1", [withdrawn]);
    await execute(
      app,
      "update partners set state = 'SUSPENDED' where id = (select partner_id from contents where id = $1)",
      [orphan],
    );
    expect((await feedOf(app, learner)).ids.toSorted()).toEqual([a, b, expiring].toSorted());
    app.clock.advance(DAY_MS);
    expect((await feedOf(app, learner)).ids.toSorted()).toEqual([a, b].toSorted());
    const french = await aLearner(app, { country: 'FR' });
    expect((await feedOf(app, french)).ids).toContain(elsewhere);
  });

  it('fades an old view against a fresh one', async () => {
    await using app = await startTestApp();
    const [a = '', b = '', x = '', y = ''] = await someContents(app, 4);
    await fan(app, a, b);
    await fan(app, x, y);
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    const longAgo = new Date(app.clock.now().getTime() - 120 * DAY_MS);
    await recordInteractions(app, learner, [
      { contentId: a, kind: 'VIEW', occurredAt: longAgo },
      { contentId: x, kind: 'VIEW' },
    ]);
    expect((await feedOf(app, learner, { first: 2 })).ids).toEqual([y, b]);
  });
});

describe('the filters of a feed', () => {
  it('add up, take several values each, and still give the number asked for', async () => {
    await using app = await startTestApp();
    const books = await someContents(app, 4, {
      kind: 'BOOK',
      module: 'COMMERCE',
      domainCode: 'finance',
      language: 'en',
    });
    const lectures = await someContents(app, 4, { kind: 'LECTURE', domainCode: 'travel', language: 'zh-Hans' });
    const courses = await someContents(app, 12);
    await fan(app, ...courses);
    await fan(app, ...courses, books[0] ?? '');
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    await like(app, learner, courses[0] ?? '');
    const ids = async (filter: object) => (await feedOf(app, learner, { first: 8, ...filter })).ids.toSorted();
    expect(await ids({ kinds: ['BOOK', 'LECTURE'] })).toEqual([...books, ...lectures].toSorted());
    expect(await ids({ kinds: ['BOOK', 'LECTURE'], modules: ['COMMERCE'] })).toEqual(books.toSorted());
    expect(await ids({ domains: ['travel', 'finance'], languages: ['zh'] })).toEqual(lectures.toSorted());
    expect(await ids({ languages: ['zh-Hans', 'en'] })).toEqual([...books, ...lectures].toSorted());
    expect(await ids({ domains: ['nowhere'] })).toEqual([]);
    expect(await ids({ domains: [] })).toHaveLength(8);
  });

  it('name the domain in which something is popular', async () => {
    await using app = await startTestApp();
    const [a = ''] = await someContents(app, 1, { domainCode: 'finance' });
    await fan(app, a);
    await app.services.similarity.recompute();
    const feed = await feedOf(app, await aLearner(app), { domains: ['finance'] });
    expect(feed.items[0]?.reasons[0]).toEqual({
      kind: 'POPULAR_IN_DOMAIN',
      text: '领域 finance领域的热门内容',
      because: null,
    });
  });

  it('take at most fifty values', async () => {
    await using app = await startTestApp();
    const domains = Array.from({ length: 51 }, (_, at) => `domain-${at}`);
    const { token } = await aLearner(app);
    const answer = await app.graphql(FEED, { first: 5, domains }, { token });
    expect(answer.errors[0]?.extensions?.code).toBe('INVALID_INPUT');
  });
});

it('takes four statements for twenty items: session, person, the list that is kept when it is on offer, contents', async () => {
  await using app = await startTestApp();
  const contents = await someContents(app, 25);
  await fan(app, ...contents.slice(0, 15));
  await app.services.similarity.recompute();
  const learner = await aLearner(app);
  await like(app, learner, ...contents.slice(0, 3));
  await feedOf(app, learner);
  let length = 0;
  const statements = await countQueries(app, async () => {
    length = (await feedOf(app, learner, { first: 20 })).ids.length;
  });
  expect(length).toBe(20);
  expect(statements).toBe(4);
});
