import { describe, expect, it } from 'vitest';
import { neighboursOf } from '../../src/math/similarity/index.ts';
import { loadServedModel, servingVersionId } from '../../src/recommendations/model/index.ts';
import type { ServedModel } from '../../src/recommendations/served-model.ts';
import { aContent } from '../support/contents.ts';
import { recordInteractions } from '../support/interactions.ts';
import { aLearner, type TestPerson } from '../support/people.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

async function serving(app: TestApp): Promise<ServedModel> {
  const { database } = app.platform;
  const versionId = await servingVersionId(database);
  const model = versionId && (await loadServedModel(database, versionId));
  if (!model) throw new Error('no version serves');
  return model;
}

function listOf(model: ServedModel, name: 'neighbours' | 'textNeighbours', contentId: string): [string, number][] {
  const { indices, similarities } = neighboursOf(model[name], model.contentIds.indexOf(contentId));
  return Array.from(indices, (index, at) => [model.contentIds[index] ?? '', similarities[at] ?? 0]);
}

async function people(app: TestApp, count: number, occupation: string): Promise<TestPerson[]> {
  const all: TestPerson[] = [];
  for (let at = 0; at < count; at++) all.push(await aLearner(app));
  const ids = all.map(({ id }) => id);
  await app.platform.database.pool.query('update users set occupation = $1 where id = any($2::uuid[])', [
    occupation,
    ids,
  ]);
  return all;
}

async function like(app: TestApp, person: TestPerson, contentIds: readonly string[]): Promise<void> {
  await recordInteractions(
    app,
    person,
    contentIds.map((contentId) => ({ contentId, kind: 'LIKE' as const })),
  );
}

describe('a version as programs load it', () => {
  it('knows what is on the shelf and what people met, by behaviour and by text', async () => {
    await using app = await startTestApp();
    const { id: met, partnerId } = await aContent(app, { title: 'Sparse linear algebra', keywords: ['matrices'] });
    const { id: other } = await aContent(app, {
      title: '唐诗三百首',
      description: '李白\n"杜甫"',
      authors: [],
      keywords: [],
    });
    const withdrawn = await aContent(app, { state: 'WITHDRAWN', title: 'Dense linear algebra' });
    const draft = await aContent(app, { state: 'DRAFT', title: 'Linear algebra' });
    const gone = await aContent(app, { state: 'WITHDRAWN' });
    const { id: fresh } = await aContent(app, { partnerId, title: 'Linear algebra', keywords: ['matrices'] });
    await like(app, await aLearner(app), [met, other]);
    await like(app, await aLearner(app), [met, other]);
    await app.platform.database.pool.query('update interactions set content_id = $1 where content_id = $2', [
      withdrawn.id,
      other,
    ]);
    await app.services.similarity.recompute();
    const model = await serving(app);
    expect(model.contentIds).toEqual([met, other, withdrawn.id, fresh].toSorted());
    expect(model.contentIds).not.toContain(draft.id);
    expect(model.contentIds).not.toContain(gone.id);
    // Hand-computed in recompute-similarity.test.ts.
    expect(listOf(model, 'neighbours', met)).toEqual([[withdrawn.id, expect.closeTo(0.43462, 4)]]);
    expect(listOf(model, 'neighbours', fresh)).toEqual([]);
    expect(listOf(model, 'textNeighbours', fresh)[0]?.[0]).toBe(met);
    for (const [, similarity] of listOf(model, 'textNeighbours', fresh)) {
      expect(similarity).toBeGreaterThan(0);
      expect(similarity).toBeLessThanOrEqual(1);
    }
    expect(listOf(model, 'textNeighbours', other).map(([id]) => id)).not.toContain(met);
    expect(model.popularity[model.contentIds.indexOf(met)]).toBeCloseTo(2 * Math.log(4), 12);
    expect(model.popularity[model.contentIds.indexOf(fresh)]).toBe(0);
  });

  it('tells what an occupation likes, of ten people at least, however they write it', async () => {
    await using app = await startTestApp();
    const [a, b] = [(await aContent(app)).id, (await aContent(app)).id];
    const nurses = [...(await people(app, 6, 'Nurse')), ...(await people(app, 4, ' nurse '))];
    for (const nurse of nurses) await like(app, nurse, [a]);
    for (const nurse of nurses.slice(0, 3)) await like(app, nurse, [b]);
    for (const pilot of await people(app, 9, 'pilot')) await like(app, pilot, [b]);
    // Somebody who did nothing does not count.
    await people(app, 1, 'pilot');
    await app.services.similarity.recompute();
    const { occupations, contentIds } = await serving(app);
    expect([...occupations.keys()]).toEqual(['nurse']);
    const taste = occupations.get('nurse');
    expect(Array.from(taste?.contents ?? [], (content) => contentIds[content])).toEqual([a, b]);
    expect(taste?.scores[0]).toBeCloseTo(10 * Math.log(4), 10);
    expect(taste?.scores[1]).toBeCloseTo(3 * Math.log(4), 10);
  });

  it('goes with its version, and is absent for a version of before', async () => {
    await using app = await startTestApp();
    const { database } = app.platform;
    expect(await servingVersionId(database)).toBeNull();
    await aContent(app);
    for (let run = 0; run < 4; run++) await app.services.similarity.recompute();
    const { rows } = await database.pool.query(
      'select count(distinct version_id)::int as versions, count(distinct name)::int as names from model_artifacts',
    );
    expect(rows).toEqual([{ versions: 3, names: 4 }]);
    const versionId = (await servingVersionId(database)) ?? '';
    await database.pool.query('delete from model_artifacts where version_id = $1', [versionId]);
    expect(await loadServedModel(database, versionId)).toBeNull();
  });
});
