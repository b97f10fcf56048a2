import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { fan, feedOf, like, someContents, wholeFeedOf } from '../../support/feed.ts';
import { blockPartner, setConsent } from '../../support/feed-choices.ts';
import { aPartner } from '../../support/partners.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const DAY_MS = 86_400_000;
const EXPLAIN = /* GraphQL */ `
  query ($id: ID!) {
    viewer { explain(contentId: $id) { obstacles item { score } scoreParts { feature value logOdds } } }
  }`;

interface Explained {
  readonly viewer: {
    readonly explain: {
      readonly obstacles: readonly string[];
      readonly item: { readonly score: number } | null;
      readonly scoreParts: readonly { readonly feature: string; readonly value: number; readonly logOdds: number }[];
    };
  };
}

async function explain(app: TestApp, { token }: TestPerson, id: string): Promise<Explained['viewer']['explain']> {
  return (await app.query<Explained>(EXPLAIN, { id: globalId('Content', id) }, { token })).viewer.explain;
}

async function reasonsFor(app: TestApp, person: TestPerson, contentId: string) {
  const { items } = await wholeFeedOf(app, person);
  return items.find((item) => item.contentId === contentId)?.reasons.map(({ kind, text }) => `${kind}: ${text}`) ?? [];
}

describe('a person who told something and did nothing', () => {
  it('sees first what matches, and why, until they object', async () => {
    await using app = await startTestApp();
    await someContents(app, 30, { title: 'Cooking noodles', keywords: ['noodles'], authors: ['Wang'] });
    const old = new Date(app.clock.now().getTime() - 200 * DAY_MS);
    const about = {
      description: 'From the ground up, with exercises after each part of the course.',
      publishedAt: old,
    };
    const graphs = await aContent(app, { ...about, title: 'Spectral graph theory', keywords: ['graphs'] });
    const poems = await aContent(app, { ...about, title: '唐诗宋词鉴赏', keywords: ['诗词'] });
    await app.services.searchIndex.index();
    const learner = await aLearner(app, { interests: ['graph theory'], goals: ['读懂唐诗'], locale: 'en' });
    const feed = await feedOf(app, learner, { first: 10 });
    expect(feed.ids.slice(0, 2).toSorted()).toEqual([graphs.id, poems.id].toSorted());
    const texts = feed.items.slice(0, 2).map(({ reasons }) => reasons[0]?.text);
    expect(texts.toSorted()).toEqual([
      'Fits what you told of yourself: graph theory',
      'Fits what you told of yourself: 读懂唐诗',
    ]);
    const plain = await feedOf(app, await aLearner(app), { first: 10 });
    expect(plain.ids).not.toContain(graphs.id);
    await setConsent(app, learner, 'PROFILE', false);
    const objected = await wholeFeedOf(app, learner);
    const kinds = objected.items.flatMap(({ reasons }) => reasons.map(({ kind }) => kind));
    expect(kinds).not.toContain('MATCHES_PROFILE');
    expect(objected.ids.slice(0, 10)).not.toContain(graphs.id);
    expect(objected.ids).toContain(graphs.id);
  });

  it('has a feed of their own after three events, without a new model', async () => {
    await using app = await startTestApp();
    const [a = '', b = '', c = '', x = '', y = '', z = '', ...others] = await someContents(app, 20);
    for (let fans = 0; fans < 2; fans++) {
      await fan(app, a, b, c, x);
      await fan(app, a, b, c, y, z);
      await fan(app, ...others);
      await fan(app, ...others);
    }
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    expect((await feedOf(app, learner, { first: 3 })).ids.filter((id) => [x, y, z].includes(id))).toEqual([]);
    await like(app, learner, a, b, c);
    const feed = await feedOf(app, learner, { first: 3 });
    expect(feed.ids.toSorted()).toEqual([x, y, z].toSorted());
    for (const { reasons } of feed.items) expect(reasons[0]?.kind).toBe('BECAUSE_YOU_INTERACTED');
  });
});

describe('popularity with an occupation', () => {
  it('is told when ten people have it, and from the moment on that the person objects no more', async () => {
    await using app = await startTestApp();
    const old = new Date(app.clock.now().getTime() - 300 * DAY_MS);
    const favourites = new Map<string, string>();
    for (const occupation of ['Nurse', 'Judge'])
      favourites.set(occupation, (await aContent(app, { publishedAt: old })).id);
    const common = (await aContent(app, { publishedAt: old })).id;
    for (const [occupation, people] of [
      ['Nurse', 10],
      ['Judge', 9],
    ] as const) {
      for (let at = 0; at < people; at++)
        await like(app, await aLearner(app, { occupation }), favourites.get(occupation) ?? '');
    }
    for (let fans = 0; fans < 30; fans++) await fan(app, common);
    await app.services.similarity.recompute();
    const about = (occupation: string, person: TestPerson) => reasonsFor(app, person, favourites.get(occupation) ?? '');
    const nurse = await aLearner(app, { occupation: ' nurse', locale: 'en' });
    expect((await about('Nurse', nurse)).join()).toContain(
      'POPULAR_WITH_OCCUPATION: Popular with people who work as nurse',
    );
    const judge = await aLearner(app, { occupation: 'Judge', locale: 'en' });
    expect((await about('Judge', judge)).join()).not.toContain('POPULAR_WITH_OCCUPATION');
    const first = await feedOf(app, nurse, { first: 1 });
    await setConsent(app, nurse, 'PROFILE', false);
    // Also on the next page of a list that was made before.
    const rest = await feedOf(app, nurse, { first: 10, after: first.endCursor });
    const kinds = rest.items.flatMap(({ reasons }) => reasons.map(({ kind }) => kind));
    expect(rest.ids).toHaveLength(2);
    expect(kinds).not.toContain('POPULAR_WITH_OCCUPATION');
    expect((await about('Nurse', nurse)).join()).not.toContain('POPULAR_WITH_OCCUPATION');
    await setConsent(app, nurse, 'PROFILE', true);
    expect((await about('Nurse', nurse)).join()).toContain('POPULAR_WITH_OCCUPATION');
  });
});

it('says whose a new content is to those who like other things of that partner', async () => {
  await using app = await startTestApp();
  const { id: partnerId } = await aPartner(app, { name: 'Beijing Press' });
  const [liked = ''] = await someContents(app, 1, { partnerId });
  const { id, token } = await aLearner(app, { locale: 'en' });
  await like(app, { id, token }, liked);
  app.clock.advance(60 * DAY_MS);
  const learner = { id, token: await app.tokenOf(id) };
  const fresh = (await aContent(app, { partnerId })).id;
  const elsewhere = (await aContent(app)).id;
  expect(await reasonsFor(app, learner, fresh)).toEqual(['NEW_FROM_PARTNER: New from Beijing Press']);
  expect(await reasonsFor(app, learner, elsewhere)).toEqual(['NEW: New in the last 30 days']);
});

describe('a partner that is blocked, and what asks for an age', () => {
  it('is gone at once, from later pages too, and explain says so in parts that add up', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    const unwanted = await someContents(app, 8, { partnerId });
    const wanted = await someContents(app, 8);
    const adult = (await aContent(app, { minAge: 18, partnerId })).id;
    await fan(app, ...unwanted.slice(0, 4), ...wanted.slice(0, 4));
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    await like(app, learner, wanted[0] ?? '');
    const first = await feedOf(app, learner, { first: 3 });
    await blockPartner(app, learner, partnerId);
    const rest = await feedOf(app, learner, { first: 100, after: first.endCursor });
    expect(rest.ids.filter((id) => unwanted.includes(id))).toEqual([]);
    expect([...first.ids, ...rest.ids].filter((id) => wanted.includes(id)).toSorted()).toEqual(wanted.toSorted());
    expect(await explain(app, learner, adult)).toEqual({
      obstacles: ['BLOCKED', 'TOO_YOUNG'],
      item: null,
      scoreParts: [],
    });
    expect((await explain(app, learner, unwanted[0] ?? '')).obstacles).toEqual(['BLOCKED']);
    for (const id of wanted) {
      const { obstacles, item, scoreParts } = await explain(app, learner, id);
      expect(obstacles).toEqual([]);
      const odds = scoreParts.reduce((sum, { logOdds }) => sum + logOdds, -6);
      expect(item?.score).toBeCloseTo(1 / (1 + Math.exp(-odds)), 6);
    }
  });
});
