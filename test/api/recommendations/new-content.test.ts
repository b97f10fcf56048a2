import { describe, expect, it } from 'vitest';
import { moveContent } from '../../support/content-operations.ts';
import { aContent } from '../../support/contents.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const FRESH_MS = 5_000;
const ROLL_BACK = /* GraphQL */ `mutation { rollBackModel(fromVersion: 2) { __typename } }`;

interface Placed {
  readonly contentId: string;
  readonly neighbourIds: readonly string[];
  readonly scores: readonly number[];
}

/** What is known of contents that no version knows. */
async function placed(app: TestApp): Promise<Placed[]> {
  const { rows } = await app.platform.database.pool.query<Placed>(
    `select content_id as "contentId", neighbour_ids as "neighbourIds", scores
     from content_text_neighbours order by content_id`,
  );
  return rows;
}

async function aCatalogue(app: TestApp) {
  const { id: partnerId } = await aPartner(app);
  const manager = await aMember(app, { partnerId, role: 'MANAGER' });
  const calligraphy = await aContent(app, {
    title: '书法入门',
    description: '楷书与行书',
    keywords: ['书法'],
    authors: [],
  });
  const ink = await aContent(app, { title: '墨与纸', description: '书法的材料', keywords: ['书法'], authors: [] });
  const painting = await aContent(app, { title: '油画入门', description: '', keywords: [], authors: [] });
  await aContent(app, { title: 'Corporate tax', description: 'Filing', keywords: ['tax'], authors: [] });
  const fresh = await aContent(app, {
    partnerId,
    title: '行书入门',
    description: '书法',
    keywords: ['书法'],
    authors: [],
    state: 'APPROVED',
    publishedAt: null,
  });
  return { manager, calligraphy, ink, painting, fresh };
}

describe('a content that came after the last training', () => {
  it('is placed among the others by its text within seconds, until a version knows it', async () => {
    await using app = await startTestApp();
    const { manager, calligraphy, painting, ink, fresh } = await aCatalogue(app);
    await app.services.similarity.recompute();
    expect(await placed(app)).toEqual([]);
    const publishedAtMs = performance.now();
    await moveContent(app, manager, { operation: 'publishContent', contentId: fresh.id });
    await app.drainJobs();
    expect(performance.now() - publishedAtMs).toBeLessThan(FRESH_MS);
    const [only, ...others] = await placed(app);
    expect(others).toEqual([]);
    expect(only?.contentId).toBe(fresh.id);
    // Two terms count here: 入门 in titles, which count 1, and 书法 in keywords, which count a half. The cosines are 1,
    // 1 / sqrt(1.5) and 0.5 / sqrt(1.5 * 0.5).
    expect(only?.neighbourIds).toEqual([calligraphy.id, painting.id, ink.id]);
    const expected = [1, 1 / Math.sqrt(1.5), 0.5 / Math.sqrt(0.75)];
    expect(only?.scores).toEqual(expected.map((score) => expect.closeTo(score, 6)));
    await app.services.similarity.recompute();
    await app.drainJobs();
    expect(await placed(app)).toEqual([]);
  });

  it('is placed when the version that knew it is taken back, and when the first version comes', async () => {
    await using app = await startTestApp();
    const { manager, fresh } = await aCatalogue(app);
    await moveContent(app, manager, { operation: 'publishContent', contentId: fresh.id });
    await app.drainJobs();
    expect(await placed(app)).toEqual([]);
    await moveContent(app, manager, { operation: 'withdrawContent', contentId: fresh.id });
    await app.services.similarity.recompute();
    await moveContent(app, manager, { operation: 'publishContent', contentId: fresh.id });
    await app.drainJobs();
    expect(await placed(app)).toHaveLength(1);
    app.clock.advance(1_000);
    await app.services.similarity.recompute();
    expect(await placed(app)).toEqual([]);
    const admin = await anAdmin(app);
    expect(await app.query(ROLL_BACK, {}, admin)).toEqual({ rollBackModel: { __typename: 'ModelVersion' } });
    await app.drainJobs();
    expect((await placed(app)).map(({ contentId }) => contentId)).toEqual([fresh.id]);
  });

  it('is placed by a version that was trained before it was published, and published after', async () => {
    await using app = await startTestApp();
    const { manager, fresh } = await aCatalogue(app);
    const { similarity } = app.services;
    const runId = app.platform.ids.next();
    await similarity.plan({ runId, shardCount: 1 });
    await moveContent(app, manager, { operation: 'publishContent', contentId: fresh.id });
    await app.drainJobs();
    expect((await placed(app)).map(({ contentId }) => contentId)).toEqual([fresh.id]);
  });
});
