import { describe, expect, it } from 'vitest';
import { SimilarityService } from '../../src/recommendations/index.ts';
import { aContent } from '../support/contents.ts';
import { recordInteractions } from '../support/interactions.ts';
import { aLearner, anAdmin } from '../support/people.ts';
import { servedLists, servedModel } from '../support/served-lists.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

function execute<Row extends object>(app: TestApp, statement: string): Promise<Row[]> {
  return app.platform.database.orm.em.fork().execute<Row[]>(statement);
}

async function versions(app: TestApp): Promise<number[]> {
  const rows = await execute<{ number: number }>(app, 'select number from model_versions order by number');
  return rows.map((row) => row.number);
}

const RECOMPUTE = /* GraphQL */ `
  mutation { recomputeSimilarity { ... on RecomputeRequested { jobId } ... on UserError { code } } }`;
const JOB = /* GraphQL */ `
  query ($id: ID!) { job(id: $id) { name state progress } }`;
/** Strikes after the neighbours were saved and before the pointer moves. */
const DIE_ON_SAVE = `
  create function lightning() returns trigger language plpgsql as $$ begin raise 'struck by lightning'; end $$;
  create trigger lightning before insert on model_artifacts execute function lightning();`;

interface Requested {
  readonly recomputeSimilarity: { readonly jobId: string };
}

interface JobState {
  readonly job: { readonly name: string; readonly state: string; readonly progress: number };
}

/** Two people like `a` and `b`, one of them `c` too. */
async function threeContents(app: TestApp): Promise<{ a: string; b: string; c: string }> {
  const [a, b, c] = [(await aContent(app)).id, (await aContent(app)).id, (await aContent(app)).id];
  const [one, other] = [await aLearner(app), await aLearner(app)];
  await recordInteractions(app, one, [
    { contentId: a, kind: 'LIKE' },
    { contentId: b, kind: 'LIKE' },
  ]);
  await recordInteractions(app, other, [
    { contentId: a, kind: 'LIKE' },
    { contentId: b, kind: 'LIKE' },
    { contentId: c, kind: 'LIKE' },
  ]);
  return { a, b, c };
}

describe('recomputing similarity', () => {
  it('publishes what goes together, with hand-computed similarities and popularity', async () => {
    await using app = await startTestApp();
    const { a, b, c } = await threeContents(app);
    await app.services.similarity.recompute();
    const lists = new Map((await servedLists(app)).map((row) => [row.contentId, row]));
    // A like weighs 3 today, and a preference is log(1 + 3) = 1.3863: its square is 1.9218.
    // a and b: 2 * 1.9218 / (2 * 1.9218 + 5) = 0.43462. a and c: 1.9218 / (sqrt(2) * 1.9218 + 5) = 0.24901.
    expect(lists.get(a)?.neighbourIds).toEqual([b, c]);
    expect(lists.get(a)?.scores[0]).toBeCloseTo(0.43462, 4);
    expect(lists.get(a)?.scores[1]).toBeCloseTo(0.24901, 4);
    expect(lists.get(c)?.neighbourIds.toSorted()).toEqual([a, b].toSorted());
    const model = await servedModel(app);
    const scores = new Map(model?.contentIds.map((contentId, number) => [contentId, model.popularity[number]]));
    expect(scores.get(a)).toBeCloseTo(2 * Math.log(4), 12);
    expect(scores.get(c)).toBeCloseTo(Math.log(4), 12);
  });

  it('gives the same version from the same interactions, on another day and through the queue', async () => {
    await using app = await startTestApp();
    await threeContents(app);
    await app.services.similarity.recompute();
    const first = await servedLists(app);
    app.clock.advance(40 * 86_400_000);
    const admin = await anAdmin(app);
    const { recomputeSimilarity } = await app.query<Requested>(RECOMPUTE, {}, { token: admin.token });
    await app.drainJobs();
    expect(await servedLists(app)).toEqual(first);
    expect(await versions(app)).toEqual([1, 2]);
    const { job } = await app.query<JobState>(JOB, { id: recomputeSimilarity.jobId }, { token: admin.token });
    expect(job).toEqual({ name: 'recompute-similarity', state: 'DONE', progress: 1 });
  });

  it('leaves the version that serves as it is when it dies while it saves', async () => {
    await using app = await startTestApp();
    const { a, c } = await threeContents(app);
    await app.services.similarity.recompute();
    const before = await servedLists(app);
    const late = await aLearner(app);
    await recordInteractions(app, late, [
      { contentId: a, kind: 'LIKE' },
      { contentId: c, kind: 'LIKE' },
    ]);
    await execute(app, DIE_ON_SAVE);
    await expect(app.services.similarity.recompute()).rejects.toThrow('struck by lightning');
    expect(await servedLists(app)).toEqual(before);
    expect(await versions(app)).toEqual([1]);
    expect(
      await execute(
        app,
        'select 1 from model_artifacts n where n.version_id not in (select version_id from model_pointers)',
      ),
    ).toEqual([]);
    await execute(app, 'drop trigger lightning on model_artifacts');
    await app.services.similarity.recompute();
    expect(await servedLists(app)).not.toEqual(before);
    expect(await versions(app)).toEqual([1, 2]);
  });

  it('keeps the last three versions', async () => {
    await using app = await startTestApp();
    await threeContents(app);
    for (let run = 0; run < 5; run++) await app.services.similarity.recompute();
    expect(await versions(app)).toEqual([3, 4, 5]);
    const rows = await execute(app, 'select distinct version_id from model_artifacts');
    expect(rows).toHaveLength(3);
  });

  it('runs one at a time, and not again for those who waited while newer data was read', async () => {
    await using app = await startTestApp();
    await threeContents(app);
    // Time passes with every look at the clock, as it does outside of tests.
    const clock = {
      now() {
        app.clock.advance(1);
        return app.clock.now();
      },
    };
    const similarity = new SimilarityService({ ...app.platform, clock }, app.services.outbox);
    const reports = await Promise.all([1, 2, 3, 4].map(() => similarity.recompute()));
    expect(reports.flatMap((report) => report?.versionNumber ?? [])).toEqual([1]);
    expect(await similarity.recompute()).toMatchObject({ versionNumber: 2 });
  });

  it('tells how far it is, from start to end', async () => {
    await using app = await startTestApp();
    await threeContents(app);
    const seen: number[] = [];
    await app.services.similarity.recompute(async (fraction) => void seen.push(fraction));
    expect(seen.length).toBeGreaterThan(2);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(seen.at(-1)).toBeLessThanOrEqual(1);
  });

  it('publishes an empty version when nobody did anything', async () => {
    await using app = await startTestApp();
    expect(await app.services.similarity.recompute()).toMatchObject({ versionNumber: 1, interactions: 0, contents: 0 });
    expect(await servedLists(app)).toEqual([]);
  });

  it('survives interactions so old that their weight is next to nothing', async () => {
    await using app = await startTestApp();
    const { a, b, c } = await threeContents(app);
    const old = await aLearner(app);
    const occurredAt = new Date('2000-01-02T00:00:00Z');
    const [d, e] = [(await aContent(app)).id, (await aContent(app)).id];
    await recordInteractions(app, old, [
      { contentId: d, kind: 'VIEW', occurredAt },
      { contentId: e, kind: 'VIEW', occurredAt },
    ]);
    await app.services.similarity.recompute();
    expect((await servedLists(app)).map((row) => row.contentId)).toEqual(expect.arrayContaining([a, b, c]));
  });

  it('is asked for by admins alone', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    expect(await app.query(RECOMPUTE)).toMatchObject({ recomputeSimilarity: { code: 'UNAUTHENTICATED' } });
    const refused = await app.query(RECOMPUTE, {}, { token: learner.token });
    expect(refused).toMatchObject({ recomputeSimilarity: { code: 'FORBIDDEN' } });
    expect(await execute(app, 'select 1 from outbox_messages')).toEqual([]);
  });
});
