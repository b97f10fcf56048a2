import { describe, expect, it } from 'vitest';
import { readFeedLog } from '../../src/recommendations/ranking/feed-log.reader.ts';
import { readShownExamples, type ShownExamplesLog } from '../../src/recommendations/ranking/shown-examples.ts';
import { execute, feedOf, someContents } from '../support/feed.ts';
import { recordInteractions, type TestEvent } from '../support/interactions.ts';
import { aLearner, type TestPerson } from '../support/people.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const HOUR_MS = 3_600_000;

async function logOf(app: TestApp): Promise<ShownExamplesLog> {
  const to = new Date(app.clock.now().getTime() + 1);
  const log = await readFeedLog(app.platform.database, { from: new Date(0), to, most: 1_000_000 });
  return readShownExamples(log.feedLines, log.contentLines);
}

/** What becomes of each place of one feed of these contents, newest first, by what its reader does how long after it. */
async function outcomesOf(
  app: TestApp,
  deeds: readonly (Omit<TestEvent, 'contentId'> & { place: number; afterHours: number })[],
): Promise<{ clicked: number[]; converted: number[]; learner: TestPerson }> {
  const learner = await aLearner(app);
  const { ids } = await feedOf(app, learner, { first: 8 });
  const madeAtMs = app.clock.now().getTime();
  app.clock.advance(10 * 24 * HOUR_MS);
  const events = deeds.map(({ place, afterHours, ...event }) => ({
    ...event,
    contentId: ids[place] ?? '',
    occurredAt: new Date(madeAtMs + afterHours * HOUR_MS),
  }));
  expect(await recordInteractions(app, learner, events)).toMatchObject({ accepted: events.length });
  const log = await logOf(app);
  return { clicked: [...log.clicked], converted: [...log.converted], learner };
}

describe('what a ranker learns from', () => {
  it('is whether what was shown was clicked within a day, and not dismissed', async () => {
    await using app = await startTestApp();
    await someContents(app, 8);
    const { clicked } = await outcomesOf(app, [
      { place: 0, kind: 'VIEW', afterHours: 1 },
      { place: 1, kind: 'VIEW', afterHours: 25 },
      { place: 2, kind: 'RATE', value: 3, afterHours: 2 },
      { place: 3, kind: 'RATE', value: 2, afterHours: 2 },
      { place: 4, kind: 'VIEW', afterHours: 1 },
      { place: 4, kind: 'DISMISS', afterHours: 2 },
      { place: 5, kind: 'SHARE', afterHours: 23 },
      { place: 5, kind: 'DISMISS', afterHours: 30 },
      { place: 6, kind: 'VIEW', afterHours: -1 },
    ]);
    expect(clicked).toEqual([1, 0, 1, 0, 0, 1, 0, 0]);
  });

  it('is whether what was clicked was finished within a week', async () => {
    await using app = await startTestApp();
    await someContents(app, 8);
    const finished = { kind: 'PROGRESS', value: 1 } as const;
    const { clicked, converted } = await outcomesOf(app, [
      { place: 0, kind: 'VIEW', afterHours: 1 },
      { place: 0, ...finished, afterHours: 6 * 24 },
      { place: 1, kind: 'VIEW', afterHours: 1 },
      { place: 1, ...finished, afterHours: 8 * 24 },
      { place: 2, ...finished, afterHours: 3 },
      { place: 3, ...finished, afterHours: 48 },
      { place: 4, kind: 'PROGRESS', value: 0.5, afterHours: 3 },
    ]);
    expect(clicked).toEqual([1, 1, 1, 0, 1, 0, 0, 0]);
    expect(converted).toEqual([1, 0, 1, 0, 0, 0, 0, 0]);
  });

  it('is what was given out, with what was seen of it then and the occupation that may be used', async () => {
    await using app = await startTestApp();
    await someContents(app, 8);
    const learner = await aLearner(app);
    await execute(app, "update users set occupation = ' Nurse ' where id = $1", [learner.id]);
    const { ids, endCursor } = await feedOf(app, learner, { first: 3 });
    const log = await logOf(app);
    expect([...log.position]).toEqual([0, 1, 2]);
    expect(log.feeds).toEqual([{ user: 0, atMs: app.clock.now().getTime(), occupation: 'nurse', from: 0, to: 3 }]);
    expect([...log.content].map((content) => log.contents[content])).toEqual(
      ids.map(() => expect.objectContaining({ domainCode: 'technology', kind: 'COURSE', module: 'COURSE' })),
    );
    // All are fresh: the seventh feature, half of which is gone after thirty days.
    expect(log.features[6]).toBe(1);
    expect(log.features[11 + 6]).toBeCloseTo(2 ** (-1 / 30), 3);
    await feedOf(app, learner, { first: 2, after: endCursor });
    expect([...(await logOf(app)).position]).toEqual([0, 1, 2, 3, 4]);
  });

  it('leaves out who does not let what they did be used, and the occupation of who does not let that', async () => {
    await using app = await startTestApp();
    await someContents(app, 3);
    const people = [await aLearner(app), await aLearner(app), await aLearner(app)];
    for (const person of people) {
      app.clock.advance(1_000);
      await execute(app, "update users set occupation = 'nurse' where id = $1", [person.id]);
      await feedOf(app, person, { first: 3 });
    }
    const refuse =
      'mutation ($purpose: ConsentPurpose!) { setConsent(purpose: $purpose, granted: false) { __typename } }';
    await app.query(refuse, { purpose: 'PERSONALISATION' }, people[0] ?? {});
    await app.query(refuse, { purpose: 'PROFILE' }, people[1] ?? {});
    const log = await logOf(app);
    expect(log.feeds.map(({ occupation }) => occupation)).toEqual([null, 'nurse']);
    expect(log.userCount).toBe(2);
  });

  it('goes back to an instant and to a number of places, the newest first', async () => {
    await using app = await startTestApp();
    await someContents(app, 2);
    const learner = await aLearner(app);
    // More feeds than one statement reads.
    await feedOf(app, learner, { first: 2 });
    await execute(
      app,
      `insert into feeds select gen_random_uuid(), user_id, made_at - n * interval '1 minute', version_id, ranker, filter,
         shown, content_ids, scores, propensities, sources, features from feeds cross join generate_series(1, 1100) as n`,
    );
    const { database } = app.platform;
    const now = app.clock.now().getTime();
    const read = async (range: { from?: number; to?: number; most?: number }) => {
      const { from = 0, to = now + 1, most = 1e6 } = range;
      const log = await readFeedLog(database, { from: new Date(from), to: new Date(to), most });
      return readShownExamples(log.feedLines, log.contentLines).feeds.map(({ atMs }) => atMs);
    };
    const all = await read({});
    expect(all).toHaveLength(1101);
    expect(all).toEqual(all.toSorted((one, other) => one - other));
    expect(await read({ from: now - 10.5 * 60_000, to: now })).toHaveLength(10);
    expect(await read({ most: 600 })).toEqual(all.slice(-500));
  });
});
