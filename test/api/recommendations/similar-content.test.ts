import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { countQueries } from '../../support/count-queries.ts';
import { execute, fan, someContents } from '../../support/feed.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const SIMILAR = /* GraphQL */ `
  query ($contentId: ID!, $first: Int) {
    similarContent(contentId: $contentId, first: $first) { similarity content { title } }
  }`;

interface Similar {
  readonly similarContent: readonly { readonly similarity: number; readonly content: { readonly title: string } }[];
}

function ask(app: TestApp, contentId: string, first = 10): Promise<Similar> {
  return app.query<Similar>(SIMILAR, { contentId: globalId('Content', contentId), first });
}

describe('what is like a content', () => {
  it('is what the same people chose, most alike first, for anybody who asks', async () => {
    await using app = await startTestApp();
    const [a = '', b = '', c = ''] = await someContents(app, 4);
    await fan(app, a, b);
    await fan(app, a, b, c);
    await app.services.similarity.recompute();
    const { similarContent } = await ask(app, a);
    expect(similarContent.map(({ content }) => content.title)).toEqual(['Content 1', 'Content 2']);
    // As computed by hand for the job: 0.43462 and 0.24901.
    expect(similarContent[0]?.similarity).toBeCloseTo(0.43462, 4);
    expect(similarContent[1]?.similarity).toBeCloseTo(0.24901, 4);
    expect((await ask(app, a, 1)).similarContent).toHaveLength(1);
    await execute(app, "update contents set state = 'WITHDRAWN' where id = $1", [b]);
    expect((await ask(app, a)).similarContent.map(({ content }) => content.title)).toEqual(['Content 2']);
  });

  it('is nothing without a model, or for a content that it does not know', async () => {
    await using app = await startTestApp();
    const [a = '', b = '', lonely = ''] = await someContents(app, 3);
    expect(await ask(app, a)).toEqual({ similarContent: [] });
    await fan(app, a, b);
    await app.services.similarity.recompute();
    // Nobody met it: what is told of it has to do.
    expect((await ask(app, lonely)).similarContent.map(({ content }) => content.title)).toEqual([
      'Content 0',
      'Content 1',
    ]);
    expect(await ask(app, app.platform.ids.next())).toEqual({ similarContent: [] });
  });

  it('takes three statements: model and shelf, offers, contents', async () => {
    await using app = await startTestApp();
    const contents = await someContents(app, 6);
    await fan(app, ...contents);
    await app.services.similarity.recompute();
    await ask(app, contents[0] ?? '');
    expect(await countQueries(app, () => ask(app, contents[0] ?? ''))).toBe(3);
  });

  it('comes in lists of one to fifty', async () => {
    await using app = await startTestApp();
    for (const first of [0, -1, 51]) {
      const contentId = globalId('Content', app.platform.ids.next());
      const answer = await app.graphql(SIMILAR, { contentId, first });
      expect(answer.errors[0]?.extensions?.code).toBe('INVALID_INPUT');
    }
  });
});
