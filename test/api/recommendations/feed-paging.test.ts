import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCursor } from '../../../src/shared/page.ts';
import { countQueries } from '../../support/count-queries.ts';
import { execute, FEED, fan, feedOf, like, someContents, type TestFeed, wholeFeedOf } from '../../support/feed.ts';
import { recordInteractions } from '../../support/interactions.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

/** Every tier of the feed has some: near, popular, new and seen. */
async function aWorld(app: TestApp): Promise<{ learner: TestPerson; contents: string[] }> {
  const contents = await someContents(app, 20);
  for (let at = 0; at < 6; at++) await fan(app, ...contents.slice(at, at + 4));
  await fan(app, ...contents.slice(10, 14));
  await app.services.similarity.recompute();
  const learner = await aLearner(app);
  await like(app, learner, contents[2] ?? '', contents[4] ?? '', contents[18] ?? '');
  return { learner, contents };
}

describe('the pages of a feed', () => {
  it('show everything once in the order of the whole, whatever their size', async () => {
    await using app = await startTestApp();
    const { learner, contents } = await aWorld(app);
    const whole = await feedOf(app, learner, { first: 100 });
    expect(whole.ids.toSorted()).toEqual(contents.toSorted());
    for (const first of [1, 3, 7, 19, 20]) {
      const paged = await wholeFeedOf(app, learner, { first });
      expect(paged.items.map(strip)).toEqual(whole.items.map(strip));
    }
  });

  it('go on from the first page as time passes and interactions and models come', async () => {
    await using app = await startTestApp();
    const { learner, contents } = await aWorld(app);
    const whole = await feedOf(app, learner, { first: 100 });
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 20; page++) {
      const { ids, endCursor }: TestFeed = await feedOf(app, learner, { first: 1, after });
      seen.push(...ids);
      after = endCursor;
      app.clock.advance(3_600_000);
      await like(app, learner, contents[(page * 7) % 20] ?? '');
      await fan(app, contents[(page * 3) % 20] ?? '', contents[(page * 11) % 20] ?? '');
      if (page === 4 || page === 9) await app.services.similarity.recompute();
    }
    expect(seen).toEqual(whole.ids);
  });

  it('go on without a model when they began without one', async () => {
    await using app = await startTestApp();
    const contents = await someContents(app, 8);
    for (let at = 0; at < 4; at++) await fan(app, ...contents.slice(at * 2, at * 2 + 2));
    const learner = await aLearner(app);
    await like(app, learner, contents[0] ?? '');
    const whole = await feedOf(app, learner, { first: 100 });
    const first = await feedOf(app, learner, { first: 3 });
    await app.services.similarity.recompute();
    const rest = await feedOf(app, learner, { first: 100, after: first.endCursor });
    expect([...first.ids, ...rest.ids]).toEqual(whole.ids);
    expect((await feedOf(app, learner, { first: 100 })).ids).not.toEqual(whole.ids);
  });

  it('leave out at once what was dismissed meanwhile, and go on', async () => {
    await using app = await startTestApp();
    const { learner } = await aWorld(app);
    const whole = await feedOf(app, learner, { first: 100 });
    const first = await feedOf(app, learner, { first: 5 });
    app.clock.advance(1_000);
    const next = whole.ids[5] ?? '';
    await recordInteractions(app, learner, [{ contentId: next, kind: 'DISMISS' }]);
    const second = await feedOf(app, learner, { first: 5, after: first.endCursor });
    expect(second.ids).toEqual(whole.ids.slice(6, 11));
  });

  it('still come when the model that they began with is gone', async () => {
    await using app = await startTestApp();
    const { learner } = await aWorld(app);
    await app.services.similarity.recompute();
    const first = await feedOf(app, learner, { first: 5 });
    for (let run = 0; run < 4; run++) await app.services.similarity.recompute();
    const second = await feedOf(app, learner, { first: 5, after: first.endCursor });
    expect(second.ids).toHaveLength(5);
    // The new model says the same here, since nothing was done meanwhile.
    expect(second.ids.filter((id) => first.ids.includes(id))).toEqual([]);
    await execute(app, 'delete from model_pointers');
    await execute(app, 'delete from model_artifacts');
    await execute(app, 'delete from model_versions');
    const third = await feedOf(app, learner, { first: 5, after: second.endCursor });
    expect(new Set(third.ids).size).toBe(third.ids.length);
  });

  it('take one statement more than the first, which marks what was shown', async () => {
    await using app = await startTestApp();
    const { learner } = await aWorld(app);
    const { endCursor } = await feedOf(app, learner, { first: 5 });
    expect(await countQueries(app, () => feedOf(app, learner, { first: 5, after: endCursor }))).toBe(6);
  });

  it('begin with cursors of this feed alone', async () => {
    await using app = await startTestApp();
    const { learner, contents } = await aWorld(app);
    const [id = ''] = contents;
    const { endCursor } = await feedOf(app, learner, { first: 5 });
    const [feedId = ''] = decode(endCursor);
    const other = await aLearner(app);
    const [foreignId = ''] = decode((await feedOf(app, other, { first: 5 })).endCursor);
    const forged = [
      [feedId],
      [feedId, ''],
      [feedId, '-1'],
      [feedId, '1.5'],
      [feedId, '1e3'],
      [feedId, '99999999999'],
      [feedId, '5000'],
      [feedId, '4', id],
      ['no-uuid', '4'],
      [app.platform.ids.next(), '4'],
      [foreignId, '4'],
    ];
    for (const cursor of forged) {
      const variables = { first: 5, after: encodeCursor(cursor) };
      const answer = await app.graphql(FEED, variables, { token: learner.token });
      expect([cursor, answer.errors[0]?.extensions?.code]).toEqual([cursor, 'INVALID_INPUT']);
    }
    const variables = { first: 5, after: endCursor, kinds: ['BOOK'] };
    const answer = await app.graphql(FEED, variables, { token: learner.token });
    expect(answer.errors[0]?.message).toMatch(/another filter/);
  });
});

it('shows nobody anything twice, and everybody all that may be shown, whatever people did', async () => {
  await using app = await startTestApp();
  const contents = await someContents(app, 12);
  const kind = fc.constantFrom(
    'VIEW' as const,
    'LIKE' as const,
    'SHARE' as const,
    'DISMISS' as const,
    'PROGRESS' as const,
  );
  const deed = fc.record({ person: fc.nat(2), content: fc.nat(11), kind, ageHours: fc.nat(2_000) });
  const property = fc.asyncProperty(
    fc.array(deed, { maxLength: 25 }),
    fc.integer({ min: 1, max: 13 }),
    async (deeds, first) => {
      await execute(app, 'delete from interactions');
      const people = [await aLearner(app), await aLearner(app), await aLearner(app)] as const;
      for (const { person, content, kind, ageHours } of deeds) {
        const occurredAt = new Date(app.clock.now().getTime() - ageHours * 3_600_000);
        const value = kind === 'PROGRESS' ? { value: ageHours % 2 } : {};
        const event = { contentId: contents[content] ?? '', kind, occurredAt, ...value };
        await recordInteractions(app, people[person] ?? people[0], [event]);
      }
      if (deeds.length % 2 === 0) await app.services.similarity.recompute();
      const mine = deeds.filter(({ person }) => person === 0);
      const settled = mine.filter(
        ({ kind, ageHours }) => kind === 'DISMISS' || (kind === 'PROGRESS' && ageHours % 2 === 1),
      );
      const gone = new Set(settled.map(({ content }) => contents[content]));
      const feed = await wholeFeedOf(app, people[0], { first });
      expect(feed.ids.toSorted()).toEqual(contents.filter((id) => !gone.has(id)).toSorted());
    },
  );
  await fc.assert(property, { numRuns: 25, seed: 20_261_121 });
}, 60_000);

function decode(cursor: string | null): string[] {
  return JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString('utf8'));
}

/** All but the score, which knows how often the content was shown. */
function strip({ contentId, reasons }: TestFeed['items'][number]) {
  return { contentId, reasons };
}
