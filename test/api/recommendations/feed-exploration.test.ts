import { expect, it } from 'vitest';
import { FEATURES } from '../../../src/recommendations/index.ts';
import { execute, fan, feedOf, keptFeedsOf, like, someContents, wholeFeedOf } from '../../support/feed.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const SHARE = 0.5;

it('gives places from the fifth on to what is little known, and keeps how likely that was', async () => {
  await using app = await startTestApp({ config: { feedExploration: SHARE } });
  const unknown = await someContents(app, 30);
  const known = await someContents(app, 100);
  for (let fans = 0; fans < 3; fans++) {
    for (let at = 0; at < known.length; at += 20) await fan(app, ...known.slice(at, at + 20));
  }
  await app.services.similarity.recompute();
  let discoveries = 0;
  for (let person = 0; person < 12; person++) {
    const learner = await aLearner(app);
    const page = await feedOf(app, learner, { first: 20 });
    const [kept] = await keptFeedsOf(app, learner);
    if (!kept) throw new Error('nothing was kept');
    expect(kept.contentIds.slice(0, 20)).toEqual(page.ids);
    expect(kept.shown).toBe(20);
    expect(kept.versionId).not.toBeNull();
    expect(new Set(kept.contentIds).size).toBe(kept.contentIds.length);
    expect(kept.features).toHaveLength(FEATURES.length * kept.contentIds.length);
    let pool = unknown.length;
    kept.contentIds.forEach((id, at) => {
      const isDiscovery = kept.sources[at] === 'DISCOVERY';
      expect(isDiscovery).toBe(unknown.includes(id));
      const explored = isDiscovery ? SHARE / pool : 1 - SHARE;
      const propensity = at < 4 || (pool === 0 && !isDiscovery) ? 1 : explored;
      expect(kept.propensities[at]).toBeCloseTo(propensity, 6);
      if (isDiscovery) pool -= 1;
      if (at < 4) expect(isDiscovery).toBe(false);
    });
    page.items.forEach((item, at) => {
      expect(item.isDiscovery).toBe(kept.sources[at] === 'DISCOVERY');
      expect(item.reasons[0]?.kind === 'DISCOVERY').toBe(item.isDiscovery);
      expect(item.score).toBeCloseTo(kept.scores[at] ?? Number.NaN, 6);
    });
    discoveries += page.items.filter(({ isDiscovery }) => isDiscovery).length;
  }
  // 12 pages of 16 places that chance decides: 96 expected, and five standard errors around it.
  expect(Math.abs(discoveries - 96)).toBeLessThan(5 * Math.sqrt(192 * SHARE * (1 - SHARE)));

  const learner = await aLearner(app);
  const whole = await wholeFeedOf(app, learner, { first: 30 });
  expect(whole.ids.toSorted()).toEqual([...known, ...unknown].toSorted());
  const [kept] = await keptFeedsOf(app, learner);
  expect(kept?.contentIds).toEqual(whole.ids);
  expect(kept?.shown).toBe(whole.ids.length);
});

it('gives none of the first places away, also when what would stand there is not on offer', async () => {
  await using app = await startTestApp({ config: { feedExploration: 1 } });
  const unknown = await someContents(app, 40);
  const known = await someContents(app, 40);
  for (let at = 0; at < known.length; at += 20) await fan(app, ...known.slice(at, at + 20));
  const unlicensed = known.slice(30);
  for (let fans = 0; fans < 3; fans++) await fan(app, ...unlicensed);
  await app.services.similarity.recompute();
  await execute(app, "update licences set valid_until = '2026-01-01' where content_id = any($1)", [unlicensed]);
  const learner = await aLearner(app);
  const { items, ids } = await feedOf(app, learner, { first: 10 });
  expect(items.map(({ isDiscovery }) => isDiscovery)).toEqual([
    ...new Array(4).fill(false),
    ...new Array(6).fill(true),
  ]);
  expect(ids.slice(0, 4).every((id) => known.slice(0, 30).includes(id))).toBe(true);
  const [kept] = await keptFeedsOf(app, learner);
  // Thirty that are known may be shown; what the list needs beyond these it has of the unknown anyway.
  const pool = unknown.length - Math.max(0, (kept?.contentIds.length ?? 0) - 30);
  const propensities = Array.from({ length: 10 }, (_, at) => expect.closeTo(at < 4 ? 1 : 1 / (pool - at + 4), 6));
  expect(kept?.propensities.slice(0, 10)).toEqual(propensities);
});

it('keeps what was given out as shown, page by page, and no more', async () => {
  await using app = await startTestApp();
  await someContents(app, 12);
  const learner = await aLearner(app);
  const first = await feedOf(app, learner, { first: 3 });
  const shown = async () => (await keptFeedsOf(app, learner)).map((kept) => kept.shown);
  expect(await shown()).toEqual([3]);
  const second = await feedOf(app, learner, { first: 4, after: first.endCursor });
  expect(await shown()).toEqual([7]);
  await feedOf(app, learner, { first: 4, after: first.endCursor });
  expect(await shown()).toEqual([7]);
  await feedOf(app, learner, { first: 100, after: second.endCursor });
  expect(await shown()).toEqual([12]);
  await feedOf(app, learner, { first: 5 });
  expect(await shown()).toEqual([5, 12]);
  expect((await keptFeedsOf(app, await aLearner(app))).length).toBe(0);
  await like(app, learner, first.ids[0] ?? '');
  expect(await shown()).toEqual([5, 12]);
});
