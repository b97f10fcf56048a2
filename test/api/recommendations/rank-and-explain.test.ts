import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { fan, feedOf, like, someContents } from '../../support/feed.ts';
import { recordInteractions } from '../../support/interactions.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const RANK = /* GraphQL */ `
  query ($ids: [ID!]!) { viewer { rank(contentIds: $ids) { score content { id } reasons { kind } } } }`;
const EXPLAIN = /* GraphQL */ `
  query ($id: ID!) {
    viewer {
      explain(contentId: $id) {
        obstacles
        item { score reasons { kind content { id } } }
        contributions { kind part content { id } }
        scoreParts { feature value logOdds }
        baseLogOdds
      }
    }
  }`;

interface Ranked {
  readonly viewer: {
    readonly rank: readonly {
      readonly score: number;
      readonly content: { readonly id: string };
      readonly reasons: readonly { readonly kind: string }[];
    }[];
  };
}

interface Explained {
  readonly viewer: {
    readonly explain: {
      readonly obstacles: readonly string[];
      readonly item: { readonly score: number; readonly reasons: readonly { readonly kind: string }[] } | null;
      readonly contributions: readonly {
        readonly kind: string;
        readonly part: number;
        readonly content: { readonly id: string };
      }[];
      readonly baseLogOdds: number | null;
      readonly scoreParts: readonly { readonly feature: string; readonly value: number; readonly logOdds: number }[];
    };
  };
}

const globally = (ids: readonly string[]) => ids.map((id) => globalId('Content', id));

async function rankOf(app: TestApp, person: TestPerson, ids: readonly string[]): Promise<string[]> {
  const { viewer } = await app.query<Ranked>(RANK, { ids: globally(ids) }, { token: person.token });
  return viewer.rank.map(({ content }) => content.id);
}

async function explain(app: TestApp, person: TestPerson, id: string): Promise<Explained['viewer']['explain']> {
  const variables = { id: globalId('Content', id) };
  return (await app.query<Explained>(EXPLAIN, variables, { token: person.token })).viewer.explain;
}

describe('ranking a given set', () => {
  it('puts it in the order of the feed, whatever the order in which it is given', async () => {
    await using app = await startTestApp();
    const ids = await someContents(app, 6);
    const [a = '', b = '', c = '', d = '', e = ''] = ids;
    await fan(app, a, b);
    await fan(app, a, b);
    await fan(app, a, c);
    await fan(app, d);
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    await like(app, learner, a);
    const feed = await feedOf(app, learner);
    const wanted = feed.ids.filter((id) => id === b || id === d || id === e);
    expect(wanted).toHaveLength(3);
    expect(await rankOf(app, learner, [e, d, b, d])).toEqual(globally(wanted));
  });

  it('leaves out what the feed would not show', async () => {
    await using app = await startTestApp();
    const [a = '', b = '', c = ''] = await someContents(app, 3);
    const learner = await aLearner(app);
    await recordInteractions(app, learner, [{ contentId: a, kind: 'DISMISS' }]);
    const unknown = '0190b5a0-0000-7000-8000-000000000001';
    expect(await rankOf(app, learner, [a, b, c, unknown])).toEqual(globally([c, b]));
  });

  it('takes from one to a hundred contents', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    const refused = async (ids: readonly string[]) =>
      (await app.graphql(RANK, { ids: globally(ids) }, { token: learner.token })).errors[0]?.message;
    expect(await refused([])).toBe('"contentIds" names no content to rank.');
    const many = Array.from({ length: 101 }, () => app.platform.ids.next());
    expect(await refused(many)).toMatch(/from 1 to 100|at most 100/);
  });
});

describe('explaining a content', () => {
  it('names what the viewer did with contents like it, in parts that add up to the likeness', async () => {
    await using app = await startTestApp();
    const [a = '', b = '', c = ''] = await someContents(app, 3);
    await fan(app, a, c);
    await fan(app, a, c);
    await fan(app, b, c);
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    await like(app, learner, a);
    await recordInteractions(app, learner, [{ contentId: b, kind: 'RATE', value: 4 }]);
    const { obstacles, item, contributions, scoreParts, baseLogOdds } = await explain(app, learner, c);
    expect(obstacles).toEqual([]);
    expect(contributions.map(({ kind, content }) => ({ kind, id: content.id }))).toEqual([
      { kind: 'LIKE', id: globalId('Content', a) },
      { kind: 'RATE', id: globalId('Content', b) },
    ]);
    expect(item?.reasons[0]).toEqual({ kind: 'BECAUSE_YOU_INTERACTED', content: { id: globalId('Content', a) } });
    const logOdds = scoreParts.reduce((sum, part) => sum + part.logOdds, -6);
    expect(item?.score).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 6);
    expect(scoreParts[0]).toMatchObject({ feature: 'TASTE', value: 1 });
    expect(baseLogOdds).toBeCloseTo(-6, 3);
    const feed = await feedOf(app, learner);
    expect(feed.items.find(({ contentId }) => contentId === c)?.score).toBe(item?.score);
  });

  it('names every obstacle', async () => {
    await using app = await startTestApp();
    const [a = '', b = ''] = await someContents(app, 2);
    const learner = await aLearner(app);
    await recordInteractions(app, learner, [
      { contentId: a, kind: 'PROGRESS', value: 1 },
      { contentId: a, kind: 'DISMISS' },
    ]);
    expect(await explain(app, learner, a)).toEqual({
      obstacles: ['FINISHED', 'DISMISSED'],
      item: null,
      contributions: [],
      scoreParts: [],
      baseLogOdds: null,
    });
    await app.platform.database.orm.em.fork().execute("update contents set state = 'WITHDRAWN' where id = ?", [b]);
    expect((await explain(app, learner, b)).obstacles).toEqual(['NOT_ON_OFFER']);
    expect((await explain(app, learner, app.platform.ids.next())).obstacles).toEqual(['NOT_ON_OFFER']);
  });
});
