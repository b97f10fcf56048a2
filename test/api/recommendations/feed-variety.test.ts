import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { fan, feedOf, like, someContents } from '../../support/feed.ts';
import { aPartner } from '../../support/partners.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const DAY_MS = 86_400_000;
const RANK = /* GraphQL */ `query ($ids: [ID!]!) { viewer { rank(contentIds: $ids) { content { id } } } }`;

interface Ranked {
  readonly viewer: { readonly rank: readonly { readonly content: { readonly id: string } }[] };
}

/** In the order of their scores alone. */
async function rankOf(app: TestApp, { token }: TestPerson, ids: readonly string[]): Promise<string[]> {
  const globalIds = ids.map((id) => globalId('Content', id));
  const { viewer } = await app.query<Ranked>(RANK, { ids: globalIds }, { token });
  return viewer.rank.map(({ content }) => ids[globalIds.indexOf(content.id)] ?? '');
}

it('shows others among the first ten to a person whose taste is all one partner', async () => {
  await using app = await startTestApp();
  const { id: partnerId } = await aPartner(app);
  const ofOne = await someContents(app, 14, { partnerId });
  const ofOthers: string[] = [];
  for (let at = 0; at < 6; at++)
    ofOthers.push((await aContent(app, { kind: 'BOOK', domainCode: `domain-${at % 3}` })).id);
  const [liked = '', ...rest] = ofOne;
  // All are as near to it as each other, so that only what they are tells them apart.
  for (const near of [...rest, ...ofOthers]) await fan(app, liked, near);
  await app.services.similarity.recompute();
  const learner = await aLearner(app);
  await like(app, learner, liked);
  const byScore = (await rankOf(app, learner, [...rest, ...ofOthers])).slice(0, 10);
  const feed = await feedOf(app, learner, { first: 10 });
  const others = (ids: readonly string[]) => ids.filter((id) => ofOthers.includes(id)).length;
  expect(feed.ids[0]).toBe(byScore[0]);
  expect(others(byScore)).toBeLessThan(others(feed.ids));
  expect(others(feed.ids)).toBeGreaterThanOrEqual(2);
  // No content gives way to what is worse by more than the weights of all traits allow.
  const oddsOf = (score: number) => Math.log(score / (1 - score));
  const odds = feed.items.map(({ score }) => oddsOf(score));
  odds.forEach((own, at) => {
    expect(own).toBeGreaterThan(Math.max(...odds.slice(at)) + Math.log(1 - 0.6) - 1e-4);
  });
});

describe('what was seen of late', () => {
  it('stands at the end for seven days, and comes back among the others', async () => {
    await using app = await startTestApp();
    const [companion = '', seen = '', ...others] = await someContents(app, 7);
    for (let at = 0; at < 4; at++) await fan(app, companion, seen);
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    await like(app, learner, companion);
    expect((await feedOf(app, learner)).ids[0]).toBe(seen);
    await like(app, learner, seen);
    const next = await feedOf(app, learner);
    expect(next.ids.slice(0, 5).toSorted()).toEqual(others.toSorted());
    expect(next.items.slice(5).map(({ reasons }) => reasons[0]?.kind)).toEqual(['SEEN_BEFORE', 'SEEN_BEFORE']);
    app.clock.advance(7 * DAY_MS - 1);
    expect((await feedOf(app, learner)).ids.slice(5).toSorted()).toEqual([companion, seen].toSorted());
    app.clock.advance(1);
    const later = await feedOf(app, learner);
    expect(later.ids.slice(0, 2).toSorted()).toEqual([companion, seen].toSorted());
    expect(later.ids).toHaveLength(7);
  });

  it('makes room when it was shown six times without an answer, for a week', async () => {
    await using app = await startTestApp();
    const contents = await someContents(app, 5);
    const popular = contents[1] ?? '';
    for (let at = 0; at < 4; at++) await fan(app, popular);
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    for (let times = 0; times < 6; times++) {
      expect((await feedOf(app, learner, { first: 1 })).ids).toEqual([popular]);
      app.clock.advance(1_000);
    }
    const next = await feedOf(app, learner, { first: 5 });
    expect(next.ids.at(-1)).toBe(popular);
    // To others it is as good as ever.
    expect((await feedOf(app, await aLearner(app), { first: 1 })).ids).toEqual([popular]);
    app.clock.advance(7 * DAY_MS + 1_000);
    expect((await feedOf(app, learner, { first: 1 })).ids).toEqual([popular]);
  });
});
