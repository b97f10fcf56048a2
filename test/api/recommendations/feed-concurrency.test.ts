import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { CatalogueCache } from '../../../src/recommendations/feed/catalogue-cache.ts';
import { aContent } from '../../support/contents.ts';
import { execute, fan, feedOf, keptFeedsOf, like, someContents } from '../../support/feed.ts';
import { aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const TOGETHER = 20;

async function connect(app: TestApp): Promise<Client & AsyncDisposable> {
  const client = new Client({ connectionString: app.databaseUrl });
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

describe('feeds asked for at the same time', () => {
  it('are lists of their own, and one that is gone on with many times is lengthened once', async () => {
    await using app = await startTestApp({ config: { feedExploration: 0.2 } });
    const contents = await someContents(app, 130);
    for (let at = 0; at < 60; at += 10) await fan(app, ...contents.slice(at, at + 10));
    await app.services.similarity.recompute();
    const learner = await aLearner(app);
    await like(app, learner, contents[0] ?? '');
    const together = <Value>(ask: () => Promise<Value>) => Promise.all(Array.from({ length: TOGETHER }, ask));
    const firsts = await together(() => feedOf(app, learner, { first: 20 }));
    expect(await keptFeedsOf(app, learner)).toHaveLength(TOGETHER);
    for (const { ids } of firsts) expect(new Set(ids).size).toBe(20);
    const seen = [...(firsts[0]?.ids ?? [])];
    let after = firsts[0]?.endCursor ?? null;
    while (after) {
      const cursor: string = after;
      const pages = await together(() => feedOf(app, learner, { first: 30, after: cursor }));
      for (const page of pages) expect(page.ids).toEqual(pages[0]?.ids);
      seen.push(...(pages[0]?.ids ?? []));
      after = pages[0]?.hasNextPage ? pages[0].endCursor : null;
    }
    expect(seen.toSorted()).toEqual(contents.toSorted());
    const kept = (await keptFeedsOf(app, learner)).find(({ shown }) => shown === contents.length);
    expect(kept?.contentIds).toEqual(seen);
    expect(kept?.propensities).toHaveLength(seen.length);
  });

  it('hold everything that was published before they were asked for, while more is published', async () => {
    await using app = await startTestApp({ config: { feedExploration: 0.3 } });
    const contents = await someContents(app, 8);
    await fan(app, ...contents);
    await app.services.similarity.recompute();
    // They told much, so that others find the catalogue changed between the beginning and the end of their feeds.
    const told = (person: number) => Array.from({ length: 8 }, (_, at) => `word${person}x${at}`);
    const learners = await Promise.all(Array.from({ length: 8 }, (_, at) => aLearner(app, { interests: told(at) })));
    const publish = async () => {
      for (let at = 0; at < 25; at++) contents.push((await aContent(app)).id);
    };
    const read = async (learner: TestPerson, at: number) => {
      await sleep(at * 20);
      for (let round = 0; round < 8; round++) {
        // What was found for their words is forgotten.
        app.clock.advance(61_000);
        const before = [...contents];
        const { items, ids } = await feedOf(app, learner, { first: 100 });
        expect(new Set(ids).size).toBe(ids.length);
        expect(before.filter((id) => !ids.includes(id))).toEqual([]);
        for (const { score } of items) expect(score).toBeGreaterThan(0);
      }
    };
    await Promise.all([publish(), ...learners.map(read)]);
    expect((await feedOf(app, learners[0] ?? (await aLearner(app)), { first: 100 })).ids.toSorted()).toEqual(
      contents.toSorted(),
    );
    for (const kept of await keptFeedsOf(app, learners[0] ?? (await aLearner(app)))) {
      for (const value of [...kept.features, ...kept.scores]) expect(Number.isFinite(value)).toBe(true);
    }
  });
});

describe('the catalogue in memory', () => {
  it('misses nothing that began before it was read and was committed after', async () => {
    await using app = await startTestApp();
    const [first = '', second = '', third = ''] = await someContents(app, 3);
    const cache = new CatalogueCache(app.platform.database);
    await cache.refresh();
    const titleOf = (id: string) => cache.catalogue.at(cache.catalogue.numberOf(id) ?? -1).title;
    await using slow = await connect(app);
    await using quick = await connect(app);
    await slow.query('begin');
    await slow.query("update contents set title = 'Late' where id = $1", [first]);
    // Begins after the slow one, and is committed and read before it.
    await quick.query("update contents set title = 'Early' where id = $1", [second]);
    await cache.refresh();
    expect([titleOf(first), titleOf(second)]).toEqual(['Content 0', 'Early']);
    await quick.query("update contents set state = 'WITHDRAWN' where id = $1", [third]);
    await cache.refresh();
    await slow.query('commit');
    await cache.refresh();
    expect(titleOf(first)).toBe('Late');
    expect(cache.catalogue.at(cache.catalogue.numberOf(third) ?? -1).isListed).toBe(false);
    expect(cache.catalogue.size).toBe(3);
    await slow.query('begin');
    await slow.query("update contents set title = 'Never' where id = $1", [first]);
    await slow.query('rollback');
    await cache.refresh();
    expect(titleOf(first)).toBe('Late');
  });

  it('sees through a feed what was committed late, new names of partners and domains too', async () => {
    await using app = await startTestApp();
    await someContents(app, 2);
    const learner = await aLearner(app, { locale: 'en' });
    const draft = (await aContent(app, { state: 'APPROVED', publishedAt: null })).id;
    await using slow = await connect(app);
    await slow.query('begin');
    await slow.query("update contents set state = 'PUBLISHED', published_at = $2 where id = $1", [
      draft,
      app.clock.now(),
    ]);
    await execute(app, "update contents set title = 'Changed' where id <> $1", [draft]);
    expect((await feedOf(app, learner)).items.map(({ title }) => title)).toEqual(['Changed', 'Changed']);
    await slow.query('commit');
    expect((await feedOf(app, learner)).ids).toContain(draft);
    for (let fans = 0; fans < 2; fans++) await fan(app, draft);
    await app.services.similarity.recompute();
    const popularIn = async () =>
      (await feedOf(app, learner, { domains: ['technology'] })).items.find(({ contentId }) => contentId === draft)
        ?.reasons[0]?.text;
    expect(await popularIn()).toBe('Popular in Domain technology');
    await execute(app, "update domains set name = 'Engineering' where code = 'technology'");
    expect(await popularIn()).toBe('Popular in Engineering');
  });

  it('is read once more for all who ask while it is being read', async () => {
    await using app = await startTestApp();
    await someContents(app, 2);
    const cache = new CatalogueCache(app.platform.database);
    const running = cache.refresh();
    const late = (await aContent(app)).id;
    await Promise.all([running, ...Array.from({ length: 10 }, () => cache.refresh())]);
    expect(cache.catalogue.numberOf(late)).toBe(2);
  });
});
