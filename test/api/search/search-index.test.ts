import { describe, expect, it } from 'vitest';
import { moveContent } from '../../support/content-operations.ts';
import { aContent } from '../../support/contents.ts';
import { execute } from '../../support/feed.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { titlesFor } from '../../support/search.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

async function terms(app: TestApp): Promise<Record<string, number>> {
  const { rows } = await app.platform.database.pool.query(
    'select term, content_count from search_terms where content_count <> 0',
  );
  return Object.fromEntries(rows.map((row) => [row.term, row.content_count]));
}

describe('the search index', () => {
  it('has a content once it is published, and lets it go the moment it is withdrawn', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    const manager = await aMember(app, { partnerId, role: 'MANAGER' });
    const { id } = await aContent(app, {
      title: 'Calligraphy at home',
      partnerId,
      state: 'APPROVED',
      publishedAt: null,
    });
    expect(await titlesFor(app, 'calligraphy')).toEqual([]);
    await moveContent(app, manager, { operation: 'publishContent', contentId: id });
    await app.drainJobs();
    expect(await titlesFor(app, 'caligraphy')).toEqual(['Calligraphy at home']);
    await moveContent(app, manager, { operation: 'withdrawContent', contentId: id });
    expect(await titlesFor(app, 'calligraphy')).toEqual([]);
    await moveContent(app, manager, { operation: 'publishContent', contentId: id });
    // It was indexed before and says the same: there is nothing to wait for.
    expect(await titlesFor(app, 'calligraphy')).toEqual(['Calligraphy at home']);
  });

  it('follows what is said of a content, and counts its terms', async () => {
    await using app = await startTestApp();
    const { id } = await aContent(app, { title: 'Watercolour', authors: [], description: '', keywords: [] });
    await aContent(app, { title: 'Watercolour', authors: [], description: '', keywords: [] });
    expect(await app.services.searchIndex.index()).toBe(2);
    expect(await terms(app)).toMatchObject({ watercolour: 2 });
    await execute(app, "update contents set title = 'Gouache' where id = $1", [id]);
    expect(await app.services.searchIndex.index([id])).toBe(1);
    expect(await terms(app)).toMatchObject({ watercolour: 1, gouache: 1 });
    expect(await titlesFor(app, 'gouache')).toEqual(['Gouache']);
    expect(await titlesFor(app, 'watercolour')).toEqual(['Watercolour']);
  });

  it('writes nothing where nothing has changed', async () => {
    await using app = await startTestApp();
    await aContent(app);
    expect(await app.services.searchIndex.index()).toBe(1);
    expect(await app.services.searchIndex.index()).toBe(0);
  });

  it('counts each content once when several index at the same time', async () => {
    await using app = await startTestApp();
    for (let at = 0; at < 5; at++) await aContent(app, { title: `Etching ${at}` });
    await Promise.all([1, 2, 3, 4].map(() => app.services.searchIndex.index()));
    expect(await terms(app)).toMatchObject({ etching: 5 });
  });

  it('takes a catalogue of more than one transaction', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    for (let at = 0; at < 205; at++) await aContent(app, { title: `Lithography ${at}`, partnerId });
    expect(await app.services.searchIndex.index()).toBe(205);
    expect(await titlesFor(app, 'lithography 204')).toContain('Lithography 204');
  });

  it('has what an import brought once its job is done', async () => {
    await using app = await startTestApp();
    await aContent(app, { title: 'Brought by an import' });
    await app.platform.database.transaction((em) =>
      app.services.outbox.enqueueOnce(em, {
        job: 'index-contents',
        payload: {},
        requestedBy: { kind: 'SYSTEM', name: 'import' },
      }),
    );
    await app.drainJobs();
    expect(await titlesFor(app, 'brought import')).toEqual(['Brought by an import']);
  });
});
