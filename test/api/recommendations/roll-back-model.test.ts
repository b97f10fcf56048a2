import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { recordInteractions } from '../../support/interactions.ts';
import { aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const ROLL_BACK = /* GraphQL */ `
  mutation ($from: Int!) {
    rollBackModel(fromVersion: $from) {
      ... on ModelVersion { number isServing }
      ... on UserError { code message }
      ... on NoEarlierVersionError { servingVersion }
    }
  }`;
const SIMILAR = /* GraphQL */ `query ($id: ID!) { similarContent(contentId: $id) { content { id } } }`;
const TRAININGS = /* GraphQL */ `query { trainingRuns(first: 1) { edges { node { id } } } modelVersions { number } }`;

interface Similar {
  readonly similarContent: readonly { readonly content: { readonly id: string } }[];
}

interface RolledBack {
  readonly rollBackModel: { readonly number?: number; readonly isServing?: boolean; readonly code?: string };
}

/** Somebody likes two contents together. */
async function together(app: TestApp, one: { id: string }, other: { id: string }): Promise<void> {
  const person = await aLearner(app);
  await recordInteractions(app, person, [
    { contentId: one.id, kind: 'LIKE' },
    { contentId: other.id, kind: 'LIKE' },
  ]);
}

describe('rolling a model back', () => {
  it('lets the version before serve again at once, one step at a time', async () => {
    await using app = await startTestApp();
    const [a, b, c] = [await aContent(app), await aContent(app), await aContent(app)];
    await together(app, a, b);
    await app.services.similarity.recompute();
    await together(app, a, c);
    await app.services.similarity.recompute();
    const { token } = await anAdmin(app);
    const similar = async () =>
      (await app.query<Similar>(SIMILAR, { id: globalId('Content', a.id) }, { token })).similarContent;
    expect(await similar()).toHaveLength(2);
    const { rollBackModel } = await app.query<RolledBack>(ROLL_BACK, { from: 2 }, { token });
    expect(rollBackModel).toEqual({ number: 1, isServing: true });
    expect((await similar()).map(({ content }) => content.id)).toEqual([globalId('Content', b.id)]);
  });

  it('happens once, also when two admins see the same trouble', async () => {
    await using app = await startTestApp();
    await together(app, await aContent(app), await aContent(app));
    for (let version = 0; version < 3; version++) await app.services.similarity.recompute();
    const { token } = await anAdmin(app);
    const roll = () => app.query<RolledBack>(ROLL_BACK, { from: 3 }, { token });
    const answers = (await Promise.all([roll(), roll()])).map(({ rollBackModel }) => rollBackModel);
    expect(answers.filter(({ number }) => number === 2)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'NO_EARLIER_VERSION')).toMatchObject([{ servingVersion: 2 }]);
  });

  it('is refused where there is no version before, and to all but admins', async () => {
    await using app = await startTestApp();
    const { token } = await anAdmin(app);
    const refused = { code: 'NO_EARLIER_VERSION', servingVersion: null };
    expect(await app.query(ROLL_BACK, { from: 1 }, { token })).toMatchObject({ rollBackModel: refused });
    await app.services.similarity.recompute();
    expect(await app.query(ROLL_BACK, { from: 1 }, { token })).toMatchObject({
      rollBackModel: { code: 'NO_EARLIER_VERSION', message: 'No version before 1 is kept.', servingVersion: 1 },
    });
    const learner = await aLearner(app);
    const asLearner = await app.query(ROLL_BACK, { from: 1 }, { token: learner.token });
    expect(asLearner).toMatchObject({ rollBackModel: { code: 'FORBIDDEN' } });
    expect((await app.graphql(TRAININGS, {}, { token: learner.token })).errors).not.toEqual([]);
    expect((await app.graphql(TRAININGS)).errors).not.toEqual([]);
  });

  it('keeps the version that serves after a roll-back, however many are trained and rejected or published later', async () => {
    await using app = await startTestApp();
    await together(app, await aContent(app), await aContent(app));
    for (let version = 0; version < 3; version++) await app.services.similarity.recompute();
    const { token } = await anAdmin(app);
    await app.query(ROLL_BACK, { from: 3 }, { token });
    await app.services.similarity.recompute();
    const versions = await app.query<{ modelVersions: { number: number }[] }>(TRAININGS, {}, { token });
    expect(versions.modelVersions.map(({ number }) => number)).toEqual([4, 3, 2]);
  });
});
