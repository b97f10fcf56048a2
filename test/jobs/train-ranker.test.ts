import { describe, expect, it } from 'vitest';
import { recurrences } from '../../jobs/schedule.ts';
import { system } from '../../src/shared/actor.ts';
import { aContent } from '../support/contents.ts';
import { execute, feedOf } from '../support/feed.ts';
import { recordInteractions } from '../support/interactions.ts';
import { aPartner } from '../support/partners.ts';
import { aLearner, anAdmin, type TestPerson } from '../support/people.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const DAY_MS = 86_400_000;
const TRAIN = /* GraphQL */ `
  mutation { trainRanker { ... on RecomputeRequested { jobId trainingRunId } ... on UserError { code } } }`;
const RUN = /* GraphQL */ `
  query ($id: ID!) {
    trainingRun(id: $id) { model state interactions shardCount outcome rankerMetrics { clicks logLoss priorLogLoss auc priorAuc servingLogLoss } }
    modelVersions { model number isServing rankerMetrics { clicks } metrics { ndcg } }
  }`;
const ROLL_BACK = /* GraphQL */ `
  mutation ($from: Int!) {
    rollBackModel(model: FEED_RANKER, fromVersion: $from) {
      ... on ModelVersion { model number isServing } ... on NoEarlierVersionError { servingVersion } } }`;

interface Trained {
  readonly trainingRun: {
    readonly state: string;
    readonly interactions: number;
    readonly outcome: string;
    readonly rankerMetrics: {
      readonly logLoss: number;
      readonly priorLogLoss: number;
      readonly auc: number;
      readonly priorAuc: number;
      readonly servingLogLoss: number | null;
    } | null;
  };
  readonly modelVersions: readonly { readonly model: string; readonly number: number; readonly isServing: boolean }[];
}

async function train(app: TestApp, admin: TestPerson): Promise<Trained> {
  const { trainRanker } = await app.query<{ trainRanker: { trainingRunId: string } }>(TRAIN, {}, admin);
  await app.drainJobs();
  return app.query<Trained>(RUN, { id: trainRanker.trainingRunId }, admin);
}

/** So many that a ranker may be published, by what they are shown and open. */
const READERS = 36;
const JOBS = { nurse: 'medicine', pilot: 'aviation' } as const;
type Job = keyof typeof JOBS;

async function aWorker(app: TestApp, job: Job): Promise<TestPerson> {
  const person = await aLearner(app);
  await execute(app, 'update users set occupation = $2 where id = $1', [person.id, job]);
  return person;
}

/** Contents of each of two domains, all of one day. */
async function twoShelves(app: TestApp, size = 15): Promise<Map<string, Job>> {
  const jobOf = new Map<string, Job>();
  for (const [job, domainCode] of Object.entries(JOBS) as [Job, string][]) {
    const { id: partnerId } = await aPartner(app, { domainCode });
    for (let n = 0; n < size; n++) jobOf.set((await aContent(app, { partnerId, domainCode, title: `${n}` })).id, job);
  }
  return jobOf;
}

/** Looks at their feed, and at two of three contents in it that are for their job. */
async function readFeed(app: TestApp, person: TestPerson, likes: (contentId: string, place: number) => boolean) {
  const { ids } = await feedOf(app, person, { first: 60 });
  const liked = ids.filter((id, place) => likes(id, place));
  await recordInteractions(
    app,
    person,
    liked.map((contentId) => ({ contentId, kind: 'VIEW' as const })),
  );
  app.clock.advance(60_000);
}

async function rankersOf(app: TestApp, person: TestPerson): Promise<string[]> {
  const { rows } = await app.platform.database.pool.query<{ ranker: string }>(
    'select ranker from feeds where user_id = $1 order by id',
    [person.id],
  );
  return rows.map(({ ranker }) => ranker);
}

/** A version of the ranker without what it consists of. */
async function anEmptyVersion(app: TestApp, number: number): Promise<string> {
  const id = app.platform.ids.next();
  await execute(
    app,
    `insert into model_versions (id, model, number, params, stats, trained_at) values ($1, 'feed-ranker', $2, '{}', '{}', now())`,
    [id, number],
  );
  await execute(
    app,
    `insert into model_pointers (model, version_id, switched_at) values ('feed-ranker', $1, now())
     on conflict (model) do update set version_id = excluded.version_id`,
    [id],
  );
  return id;
}

describe('training the ranker', () => {
  it('moves the feeds of others of the same kind, and is given up when it learnt worse than what serves', async () => {
    await using app = await startTestApp();
    const admin = await anAdmin(app);
    const jobOf = await twoShelves(app, 30);
    for (let n = 0; n < READERS; n++) {
      const job = n % 2 === 0 ? 'nurse' : 'pilot';
      await readFeed(app, await aWorker(app, job), (id, place) => jobOf.get(id) === job && (n + place) % 3 > 0);
    }
    const ownAmongFirstTen = async (job: Job) => {
      const { ids } = await feedOf(app, await aWorker(app, job), { first: 10 });
      return ids.filter((id) => jobOf.get(id) === job).length;
    };
    expect((await ownAmongFirstTen('nurse')) + (await ownAmongFirstTen('pilot'))).toBe(10);
    app.clock.advance(2 * DAY_MS);

    const { trainingRun, modelVersions } = await train(app, admin);
    expect(trainingRun).toMatchObject({ model: 'feed-ranker', state: 'PUBLISHED', shardCount: 0 });
    expect(trainingRun.interactions).toBe(READERS * 60 + 2 * 10);
    const { logLoss = 1, priorLogLoss = 0, auc = 0, priorAuc = 1 } = trainingRun.rankerMetrics ?? {};
    expect(logLoss).toBeLessThan(0.8 * priorLogLoss);
    expect(auc).toBeGreaterThan(priorAuc + 0.2);
    expect(modelVersions).toMatchObject([{ model: 'feed-ranker', number: 1, isServing: true, metrics: null }]);
    expect(await ownAmongFirstTen('nurse')).toBeGreaterThanOrEqual(8);
    expect(await ownAmongFirstTen('pilot')).toBeGreaterThanOrEqual(8);

    // Four fifths of the log now say the contrary; the latest fifth, which judges, says what it said.
    await execute(
      app,
      `update interactions set content_id = (
         select other.id from contents as other join contents on contents.id = interactions.content_id
         where other.title = contents.title and other.domain_code <> contents.domain_code)
       where occurred_at < (select percentile_disc(0.78) within group (order by made_at) from feeds)`,
    );
    const second = await train(app, admin);
    expect(second.trainingRun.state).toBe('REJECTED');
    expect(second.trainingRun.outcome).toMatch(/that of the version that serves 0\.\d+: it is worse/);
    expect(second.modelVersions).toMatchObject([{ number: 1, isServing: true }]);
    const nurse = await aWorker(app, 'nurse');
    await feedOf(app, nurse);
    expect(await rankersOf(app, nurse)).not.toEqual(['prior']);
  }, 120_000);

  it('publishes nothing that was learnt from too little, and says so', async () => {
    await using app = await startTestApp();
    const admin = await anAdmin(app);
    await twoShelves(app);
    const nurse = await aWorker(app, 'nurse');
    await readFeed(app, nurse, (_, place) => place < 4);
    const early = await train(app, admin);
    // What came of it is not known before a day has passed.
    expect(early.trainingRun).toMatchObject({ state: 'REJECTED', interactions: 0 });
    app.clock.advance(DAY_MS);
    const { trainingRun, modelVersions } = await train(app, admin);
    expect(trainingRun).toMatchObject({ state: 'REJECTED', interactions: 30, rankerMetrics: null });
    expect(trainingRun.outcome).toBe(
      '30 places with 4 clicks are too little to learn from: there must be 2000 with 500.',
    );
    expect(modelVersions).toEqual([]);
    await feedOf(app, nurse);
    expect(await rankersOf(app, nurse)).toEqual(['prior', 'prior']);
  });

  it('is asked for by admins alone', async () => {
    await using app = await startTestApp();
    expect(await app.query(TRAIN)).toEqual({ trainRanker: { code: 'UNAUTHENTICATED' } });
    expect(await app.query(TRAIN, {}, await aLearner(app))).toEqual({ trainRanker: { code: 'FORBIDDEN' } });
  });

  it('happens every night, once for each', async () => {
    await using app = await startTestApp();
    const due = () => recurrences['train-ranker']?.due(app.clock.now(), app.services);
    const [first] = (await due()) ?? [];
    expect(await due()).toEqual([first]);
    if (first?.job !== 'train-ranker') throw new Error('another job is due');
    await app.services.ranker.train(first.payload);
    await app.services.ranker.train(first.payload);
    const { rows } = await app.platform.database.pool.query('select state from training_runs');
    expect(rows).toEqual([{ state: 'REJECTED' }]);
  });
});

describe('a ranker that serves', () => {
  it('is done without while its bytes are missing or broken', async () => {
    await using app = await startTestApp();
    await twoShelves(app);
    const learner = await aLearner(app);
    const plain = (await feedOf(app, learner, { first: 30 })).ids;
    await anEmptyVersion(app, 1);
    expect((await feedOf(app, await aLearner(app), { first: 30 })).ids).toEqual(plain);
    const versionId = await anEmptyVersion(app, 2);
    await execute(app, `insert into model_artifacts values ($1, 'ranker', 0, 'no version')`, [versionId]);
    expect((await feedOf(app, learner, { first: 30 })).ids.toSorted()).toEqual(plain.toSorted());
    expect(await rankersOf(app, learner)).toEqual(['prior', 'prior']);
    // Nor does it keep the next one from being learnt.
    await app.services.ranker.train({ runId: app.platform.ids.next() });
    const { rows } = await app.platform.database.pool.query('select outcome from training_runs');
    expect(rows).toEqual([{ outcome: expect.stringMatching(/too little/) }]);
  });

  it('is rolled back by its name, and the other model stays', async () => {
    await using app = await startTestApp();
    const admin = await anAdmin(app);
    for (let run = 0; run < 2; run++) await app.services.similarity.recompute();
    for (const number of [1, 2]) await anEmptyVersion(app, number);
    const roll = (from: number) => app.query(ROLL_BACK, { from }, admin);
    expect(await roll(2)).toEqual({ rollBackModel: { model: 'feed-ranker', number: 1, isServing: true } });
    expect(await roll(1)).toEqual({ rollBackModel: { servingVersion: 1 } });
    const { modelVersions } = await app.query<Trained>('{ modelVersions { model number isServing } }', {}, admin);
    expect(modelVersions).toEqual([
      { model: 'item-similarity', number: 2, isServing: true },
      { model: 'item-similarity', number: 1, isServing: false },
      { model: 'feed-ranker', number: 2, isServing: false },
      { model: 'feed-ranker', number: 1, isServing: true },
    ]);
  });
});

it('forgets feeds after ninety days', async () => {
  await using app = await startTestApp();
  await twoShelves(app);
  const [early, late] = [await aLearner(app), await aLearner(app)];
  await feedOf(app, early);
  app.clock.advance(2 * DAY_MS);
  await feedOf(app, late);
  app.clock.advance(89 * DAY_MS);
  const wanted = (await recurrences['prune-feeds']?.due(app.clock.now(), app.services)) ?? [];
  const messages = wanted.map((one) => ({ id: app.platform.ids.next(), ...one }));
  await app.services.outbox.enqueueNamed(messages, system('schedule'));
  await app.drainJobs();
  expect(await rankersOf(app, early)).toEqual([]);
  expect(await rankersOf(app, late)).toEqual(['prior']);
});
