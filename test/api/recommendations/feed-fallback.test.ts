import { describe, expect, it } from 'vitest';
import { execute, fan, feedOf, like, someContents, type TestFeed } from '../../support/feed.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

interface World {
  readonly learner: TestPerson;
  readonly contents: readonly string[];
}

/** Somebody likes the first content, and the second goes with it, as soon as a model knows. */
async function aWorld(app: TestApp): Promise<World> {
  const contents = await someContents(app, 6);
  const [a = '', b = '', c = ''] = contents;
  for (let fans = 0; fans < 3; fans++) await fan(app, a, b);
  await fan(app, c);
  const learner = await aLearner(app);
  await like(app, learner, a);
  return { learner, contents };
}

const kindsOf = (feed: TestFeed) => feed.items.flatMap(({ reasons }) => reasons.map(({ kind }) => kind));
const becauseOf = (feed: TestFeed) => kindsOf(feed).includes('BECAUSE_YOU_INTERACTED');

/** As a bad disk or hand would, past what the database allows. */
async function tamper(app: TestApp, statement: string): Promise<void> {
  const client = await app.platform.database.pool.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query(statement);
    await client.query('commit');
  } finally {
    client.release();
  }
}

describe('a feed whose model is missing', () => {
  it('shows what is new while there is none, or what there is cannot be read, until the next good version', async () => {
    await using app = await startTestApp();
    const { learner, contents } = await aWorld(app);
    const newest = [...contents.slice(1).toReversed(), contents[0]];
    const before = await feedOf(app, learner);
    expect(before.ids).toEqual(newest);
    for (const damage of [
      'delete from model_artifacts',
      "update model_artifacts set bytes = '\\xdeadbeef'",
      'update model_artifacts set bytes = substring(bytes from 1 for length(bytes) / 2)',
      'update model_pointers set version_id = gen_random_uuid()',
    ]) {
      await app.services.similarity.recompute();
      await tamper(app, damage);
      const feed = await feedOf(app, learner);
      expect([damage, feed.ids]).toEqual([damage, newest]);
      expect(becauseOf(feed)).toBe(false);
      await tamper(app, 'delete from model_pointers');
    }
    await app.services.similarity.recompute();
    const feed = await feedOf(app, learner);
    expect(feed.ids[0]).toBe(contents[1]);
    expect(becauseOf(feed)).toBe(true);
  });

  it('goes on with the last one when the next is gone, garbage or cut short, and takes up the one after', async () => {
    await using app = await startTestApp();
    const { learner, contents } = await aWorld(app);
    await app.services.similarity.recompute();
    const good = await feedOf(app, learner);
    expect(becauseOf(good)).toBe(true);
    await fan(app, contents[0] ?? '', contents[4] ?? '');
    for (const damage of [
      'delete from model_artifacts',
      "update model_artifacts set bytes = '\\x00'",
      'update model_artifacts set bytes = substring(bytes from 1 for greatest(0, length(bytes) - 9))',
      'update model_pointers set version_id = gen_random_uuid()',
    ]) {
      await app.services.similarity.recompute();
      await tamper(app, damage);
      const feed = await feedOf(app, learner);
      expect([damage, feed.ids]).toEqual([damage, good.ids]);
      const next = await feedOf(app, learner, { first: 3 });
      const rest = await feedOf(app, learner, { first: 20, after: next.endCursor });
      expect([...next.ids, ...rest.ids]).toEqual(good.ids);
    }
    await app.services.similarity.recompute();
    const feed = await feedOf(app, learner);
    expect(feed.ids.slice(0, 2)).toEqual([contents[1], contents[4]]);
    await execute(app, 'delete from model_pointers');
    expect(becauseOf(await feedOf(app, learner))).toBe(false);
  });
});

it('is made all the same for somebody who told what no search takes', async () => {
  await using app = await startTestApp();
  const contents = await someContents(app, 3);
  const learner = await aLearner(app);
  const told = ['x'.repeat(300), 'with a\u0001 control', '   ', '!?', '“”', "'); drop table users; --"];
  await execute(app, 'update users set interests = $2, goals = $2, occupation = $3 where id = $1', [
    learner.id,
    told,
    'o'.repeat(300),
  ]);
  expect((await feedOf(app, learner)).ids.toSorted()).toEqual(contents.toSorted());
});
