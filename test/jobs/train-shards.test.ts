import { describe, expect, it } from 'vitest';
import { bulkInsert } from '../../src/platform/bulk-insert.ts';
import { system } from '../../src/shared/actor.ts';
import { idFromName } from '../../src/shared/ids.ts';
import { aContent } from '../support/contents.ts';
import { anAdmin } from '../support/people.ts';
import { servedLists } from '../support/served-lists.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const DAY_MS = 86_400_000;
const OPERATOR = system('test');
const CONTENTS = 24;
const PEOPLE = 120;

const RUNS = /* GraphQL */ `
  query { trainingRuns(first: 5) { edges { node { state shardCount shardsDone interactions outcome } } } }`;
const KINDS = /* GraphQL */ `query { trainingRuns(first: 5) { edges { node { kind recomputedContents } } } }`;
const RECOMPUTE = /* GraphQL */ `
  mutation ($full: Boolean!) { recomputeSimilarity(full: $full) { __typename } }`;
const VERSIONS = /* GraphQL */ `query { modelVersions { number isServing metrics { users } } }`;

interface Runs {
  readonly trainingRuns: {
    readonly edges: readonly {
      readonly node: {
        readonly state: string;
        readonly shardCount: number;
        readonly shardsDone: number;
        readonly interactions: number;
        readonly outcome: string | null;
      };
    }[];
  };
}

/**
 * People who like, a content a day, those of one third of the contents in turn: what they do next follows from what they
 * did before.
 */
async function likes(app: TestApp, contentIds: readonly string[]): Promise<void> {
  const third = contentIds.length / 3;
  const rows = Array.from({ length: PEOPLE }, (_, person) =>
    Array.from({ length: 6 }, (_, day) => {
      const content = (person % 3) * third + ((Math.floor(person / 3) + day) % third);
      return like(app, { person: `person ${person}`, contentId: contentIds[content] ?? '', daysAgo: 20 - day });
    }),
  );
  await app.platform.database.transaction((em) => bulkInsert(em, 'interactions', rows.flat()));
}

/** As many people who like at random, now: nothing follows from anything. */
async function noise(app: TestApp, contentIds: readonly string[]): Promise<void> {
  const rows = Array.from({ length: 20 * PEOPLE }, (_, number) => {
    const person = `noise ${number % (5 * PEOPLE)}`;
    const content = (number * 7919 + Math.floor(number / 31) * 104_729) % contentIds.length;
    const daysAgo = 3 - Math.floor(number / (5 * PEOPLE)) / 2;
    return like(app, { person, contentId: contentIds[content] ?? '', daysAgo });
  });
  await app.platform.database.transaction((em) => bulkInsert(em, 'interactions', rows));
}

function like(app: TestApp, { person, contentId, daysAgo }: { person: string; contentId: string; daysAgo: number }) {
  const at = new Date(app.clock.now().getTime() - daysAgo * DAY_MS);
  return {
    id: idFromName('like', `${person}:${contentId}:${daysAgo}`),
    user_id: idFromName('person', person),
    content_id: contentId,
    kind: 'LIKE',
    value: null,
    occurred_at: at,
    received_at: at,
  };
}

async function someContents(app: TestApp): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < CONTENTS; number++) ids.push((await aContent(app)).id);
  return ids.sort();
}

async function leftOver(app: TestApp): Promise<object[]> {
  return app.platform.database.orm.em.fork().execute('select 1 from training_parts');
}

describe('a training in shards', () => {
  it('gives the same version however many shards it is cut in, through any number of jobs', async () => {
    await using app = await startTestApp();
    await likes(app, await someContents(app));
    await app.services.similarity.recompute();
    const whole = await servedLists(app);
    expect(whole).toHaveLength(CONTENTS);
    for (const shardCount of [2, 7]) {
      app.clock.advance(1_000);
      await app.services.similarity.requestRecompute(OPERATOR, { shardCount, isFull: true });
      await app.drainJobs();
      expect(await servedLists(app)).toEqual(whole);
    }
    const { trainingRuns } = await app.query<Runs>(RUNS, {}, { token: (await anAdmin(app)).token });
    expect(
      trainingRuns.edges.map(({ node: { shardCount, shardsDone, state } }) => ({ shardCount, shardsDone, state })),
    ).toEqual([
      { shardCount: 7, shardsDone: 7, state: 'PUBLISHED' },
      { shardCount: 2, shardsDone: 2, state: 'PUBLISHED' },
      { shardCount: 1, shardsDone: 1, state: 'PUBLISHED' },
    ]);
    expect(await leftOver(app)).toEqual([]);
  });

  it('is planned once, has each shard done once and is published once, however often its jobs come', async () => {
    await using app = await startTestApp();
    await likes(app, await someContents(app));
    const { similarity } = app.services;
    const runId = app.platform.ids.next();
    await Promise.all([similarity.plan({ runId, shardCount: 3 }), similarity.plan({ runId, shardCount: 3 })]);
    const shards = [0, 1, 2, 2, 1, 0].map((number) => ({ runId, number }));
    await Promise.all(shards.map((shard) => similarity.trainShard(shard)));
    const numbers = await Promise.all([1, 2, 3].map(() => similarity.publish(runId)));
    expect(numbers.filter((number) => number !== null)).toEqual([1]);
    await similarity.trainShard({ runId, number: 0 });
    expect(await similarity.publish(runId)).toBeNull();
    expect(await app.services.models.listVersions(OPERATOR)).toHaveLength(1);
    // The jobs that the plan asked for find nothing to do.
    await app.drainJobs();
    expect(await app.services.models.listVersions(OPERATOR)).toHaveLength(1);
    expect(await leftOver(app)).toEqual([]);
  });

  it('is measured on what people did next, and by popularity beside it', async () => {
    await using app = await startTestApp();
    await likes(app, await someContents(app));
    await app.services.similarity.recompute();
    const [version] = await app.services.models.listVersions(OPERATOR);
    // The last of six days is the newest tenth at least: everybody is judged.
    expect(version?.metrics).toMatchObject({ split: 'TIME', users: PEOPLE });
    expect(version?.metrics?.recall).toBe(1);
    expect(version?.metrics?.ndcg).toBeGreaterThan(2 * (version?.metrics?.popularityNdcg ?? 1));
  });

  it('is not published when it is worse than the version that serves', async () => {
    await using app = await startTestApp();
    const contentIds = await someContents(app);
    await likes(app, contentIds);
    await app.services.similarity.recompute();
    const good = await servedLists(app);
    await noise(app, contentIds);
    app.clock.advance(1_000);
    await app.services.similarity.requestRecompute(OPERATOR);
    await app.drainJobs();
    expect(await servedLists(app)).toEqual(good);
    const admin = await anAdmin(app);
    const { trainingRuns } = await app.query<Runs>(RUNS, {}, { token: admin.token });
    expect(trainingRuns.edges[0]?.node).toMatchObject({ state: 'REJECTED', interactions: PEOPLE * 6 + 20 * PEOPLE });
    expect(trainingRuns.edges[0]?.node.outcome).toMatch(/lower by more than 10 %/);
    expect(await app.query(VERSIONS, {}, { token: admin.token })).toEqual({
      modelVersions: [{ number: 1, isServing: true, metrics: { users: PEOPLE } }],
    });
    expect(await leftOver(app)).toEqual([]);
  });

  it('goes on from the version that serves, and finds what a training of everything finds', async () => {
    await using app = await startTestApp();
    const contentIds = await someContents(app);
    await likes(app, contentIds);
    await app.services.similarity.recompute();
    const before = await servedLists(app);
    // One more like, which came late: a training of everything weighs at the same moment as the version before.
    const late = like(app, { person: 'person 0', contentId: contentIds[23] ?? '', daysAgo: 18 });
    await app.platform.database.transaction((em) => bulkInsert(em, 'interactions', [late]));
    const { token } = await anAdmin(app);
    const ask = async (full: boolean) => {
      app.clock.advance(1_000);
      await app.query(RECOMPUTE, { full }, { token });
      await app.drainJobs();
      return servedLists(app);
    };
    const renewed = await ask(false);
    expect(renewed).not.toEqual(before);
    expect(await ask(true)).toEqual(renewed);
    // Nothing changed since.
    expect(await ask(false)).toEqual(renewed);
    app.clock.advance(DAY_MS);
    await ask(false);
    const { trainingRuns } = await app.query<{ trainingRuns: { edges: { node: object }[] } }>(KINDS, {}, { token });
    const runs = trainingRuns.edges.map(({ node }) => node);
    expect(runs.slice(0, 3)).toEqual([
      { kind: 'FULL', recomputedContents: CONTENTS },
      { kind: 'INCREMENTAL', recomputedContents: 0 },
      { kind: 'FULL', recomputedContents: CONTENTS },
    ]);
    expect(runs[3]).toEqual({ kind: 'INCREMENTAL', recomputedContents: expect.any(Number) });
    expect((runs[3] as { recomputedContents: number }).recomputedContents).toBeLessThan(CONTENTS);
  });

  it('gives way to one that read newer interactions', async () => {
    await using app = await startTestApp();
    await likes(app, await someContents(app));
    const { similarity, models } = app.services;
    const slow = app.platform.ids.next();
    await similarity.plan({ runId: slow, shardCount: 2 });
    app.clock.advance(1_000);
    await similarity.recompute();
    await similarity.trainShard({ runId: slow, number: 0 });
    await similarity.trainShard({ runId: slow, number: 1 });
    expect(await similarity.publish(slow)).toBeNull();
    expect(await models.findTraining(OPERATOR, slow)).toMatchObject({ state: 'SUPERSEDED', shardsDone: 0 });
    expect(await leftOver(app)).toEqual([]);
  });
});
