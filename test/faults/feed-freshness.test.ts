import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { moveContent } from '../support/content-operations.ts';
import { aContent } from '../support/contents.ts';
import { fan, feedOf, like, someContents, type TestFeed } from '../support/feed.ts';
import { freePort } from '../support/free-port.ts';
import { recordInteractions } from '../support/interactions.ts';
import { aMember, aPartner } from '../support/partners.ts';
import { aLearner, anAdmin } from '../support/people.ts';
import { startProduct } from '../support/product.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { openRemoteApp } from './remote-app.ts';

const INTERACTION_MS = 1_000;
const PUBLISHED_MS = 5_000;
const TRAINED_MS = 30_000;

/** Asks again until the feed is as expected. @returns milliseconds until the answer that was */
async function until(ask: () => Promise<TestFeed>, isThere: (feed: TestFeed) => boolean): Promise<number> {
  const begun = performance.now();
  while (!isThere(await ask())) {
    if (performance.now() - begun > TRAINED_MS) throw new Error('The feed stays as it was.');
    await sleep(20);
  }
  return performance.now() - begun;
}

it('makes what happens through one process show in the feeds of another in time', { timeout: 150_000 }, async () => {
  await using database = await createTestDatabase();
  const [portA, portB] = [await freePort(), await freePort()];
  const common = { DATABASE_URL: database.url, FEED_EXPLORATION_PERCENT: '0' };
  await using one = startProduct('serve.ts', { ...common, PORT: String(portA) });
  await using two = startProduct('serve.ts', { ...common, PORT: String(portB) });
  await using worker = startProduct('work.ts', common);
  await Promise.all([one.ready(), two.ready(), worker.ready()]);
  const remote = (port: number) =>
    openRemoteApp({ databaseUrl: database.url, queues: {}, addresses: [`http://127.0.0.1:${port}`] });
  await using a = await remote(portA);
  await using b = await remote(portB);

  const { id: partnerId } = await aPartner(a);
  const manager = await aMember(a, { partnerId, role: 'MANAGER' });
  const contents = await someContents(a, 12, { partnerId });
  const [liked = '', near = '', x = '', y = ''] = contents;
  for (let fans = 0; fans < 3; fans++) {
    await fan(a, liked, near);
    await fan(a, x, y);
  }
  const learner = await aLearner(a);
  await like(a, learner, liked);
  const feedOfB = () => feedOf(b, learner, { first: 4 });
  expect((await feedOfB()).ids).toHaveLength(4);

  // A version that the worker trains serves in the process that knows nothing of it.
  const { token } = await anAdmin(a);
  await a.query('mutation { recomputeSimilarity { __typename } }', {}, { token });
  const isTrained = (feed: TestFeed) => feed.items[0]?.reasons[0]?.kind === 'BECAUSE_YOU_INTERACTED';
  expect(await until(feedOfB, isTrained)).toBeLessThan(TRAINED_MS);
  expect((await feedOfB()).ids[0]).toBe(near);

  await recordInteractions(a, learner, [
    { contentId: x, kind: 'RATE', value: 5 },
    { contentId: x, kind: 'SHARE' },
  ]);
  expect(await until(feedOfB, ({ ids }) => ids[0] === y)).toBeLessThan(INTERACTION_MS);
  await recordInteractions(a, learner, [{ contentId: y, kind: 'DISMISS' }]);
  expect((await feedOf(b, learner, { first: 100 })).ids).not.toContain(y);

  const draft = (await aContent(a, { partnerId, title: 'Just out', state: 'APPROVED', publishedAt: null })).id;
  expect((await feedOf(b, learner, { first: 100 })).ids).not.toContain(draft);
  const published = await moveContent(a, manager, { operation: 'publishContent', contentId: draft });
  expect(published).toMatchObject({ content: { state: 'PUBLISHED' } });
  const wholeOfB = () => feedOf(b, learner, { first: 100 });
  expect(await until(wholeOfB, ({ ids }) => ids.includes(draft))).toBeLessThan(PUBLISHED_MS);

  const first = await feedOf(b, learner, { first: 2 });
  const gone = (await wholeOfB()).ids.find((id) => !first.ids.includes(id)) ?? '';
  await moveContent(a, manager, { operation: 'withdrawContent', contentId: gone });
  const rest = await feedOf(b, learner, { first: 100, after: first.endCursor });
  expect(rest.ids).not.toContain(gone);
  expect([...first.ids, ...rest.ids]).toHaveLength(11);
  expect((await wholeOfB()).ids).not.toContain(gone);
});
