import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { idFromName } from '../../../src/shared/ids.ts';
import { aContent } from '../../support/contents.ts';
import { importFiles } from '../../support/import-files.ts';
import { csv, importText, select } from '../../support/imports.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const HEADER = ['user', 'content', 'kind', 'value', 'occurred_at', 'event_id'];
const AT = '2026-10-01T08:00:00+08:00';
const ROWS = 'select user_id, content_id, kind, value, occurred_at from interactions order by occurred_at, kind';

describe('importing interactions', () => {
  it('finds learners by external ref, id or e-mail address and contents by external ref or id, the API’s too', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const learner = await aLearner(app, { email: 'ada@example.com' });
    const content = await aContent(app);
    await select(app, "update users set external_ref = 'crm:1'");
    await select(app, "update contents set external_ref = 'cms:1'");
    const report = await importText(app, files, {
      kind: 'interactions',
      name: 'i.csv',
      content: csv(
        HEADER,
        ['crm:1', 'cms:1', 'VIEW', '', '2026-10-01T00:00:00Z', ''],
        [learner.id, content.id, 'PROGRESS', '0.5', '2026-10-02T00:00:00Z', ''],
        ['Ada@Example.com', content.id.toUpperCase(), 'RATE', '4', '2026-10-03T00:00:00Z', ''],
        [globalId('User', learner.id), globalId('Content', content.id), 'LIKE', '', '2026-10-04T00:00:00Z', ''],
      ),
    });
    expect(report.counts.interactions).toMatchObject({ inserted: 4, refused: 0 });
    const both = { user_id: learner.id, content_id: content.id };
    expect(await select(app, ROWS)).toEqual([
      { ...both, kind: 'VIEW', value: null, occurred_at: new Date('2026-10-01T00:00:00Z') },
      { ...both, kind: 'PROGRESS', value: 0.5, occurred_at: new Date('2026-10-02T00:00:00Z') },
      { ...both, kind: 'RATE', value: 4, occurred_at: new Date('2026-10-03T00:00:00Z') },
      { ...both, kind: 'LIKE', value: null, occurred_at: new Date('2026-10-04T00:00:00Z') },
    ]);
  });

  it('knows an event again: in the same file, in another format, or told by the API', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const { id: user } = await aLearner(app);
    const { id: content } = await aContent(app);
    await select(app, "insert into interactions values ($1, $2, $3, 'LIKE', null, $4, $4)", [
      idFromName('interaction', `${user}:evt-1`),
      user,
      content,
      AT,
    ]);
    const lines = csv(
      HEADER,
      [user, content, 'LIKE', '', AT, 'evt-1'],
      [user, content, 'VIEW', '', AT, ''],
      [user, content, 'VIEW', '', AT, ''],
    );
    const first = await importText(app, files, { kind: 'interactions', name: 'i.csv', content: lines });
    expect(first.counts.interactions).toEqual({ read: 3, inserted: 1, updated: 0, unchanged: 2, refused: 0 });
    const json = JSON.stringify({ user, content, kind: 'VIEW', value: null, occurred_at: '2026-10-01T00:00:00.000Z' });
    const second = await importText(app, files, { kind: 'interactions', name: 'i.jsonl', content: json });
    expect(second.counts.interactions).toMatchObject({ read: 1, inserted: 0, unchanged: 1 });
    const [view] = await select<{ id: string }>(app, "select id from interactions where kind = 'VIEW'");
    expect(view?.id).toBe(idFromName('interaction', `${user}:VIEW:${content}:1790812800.000000`));
  });

  it('refuses what is unknown, in the future or in another century, by line', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const { id: user } = await aLearner(app);
    const { id: content } = await aContent(app);
    const report = await importText(app, files, {
      kind: 'interactions',
      name: 'i.csv',
      content: csv(
        HEADER,
        ['nobody', content, 'VIEW', '', AT, ''],
        [user, 'nothing', 'VIEW', '', AT, ''],
        [user, content, 'VIEW', '', '2026-11-01T08:06:00Z', ''],
        [user, content, 'VIEW', '', '1999-12-31T23:59:59Z', ''],
        [user, content, 'VIEW', '', '2026-11-01T08:04:00Z', ''],
      ),
    });
    expect(report.counts.interactions).toMatchObject({ inserted: 1, refused: 4 });
    expect(report.errorFiles[0]?.first.map(({ line, column }) => [line, column])).toEqual([
      [2, 'user'],
      [3, 'content'],
      [4, 'occurred_at'],
      [5, 'occurred_at'],
    ]);
  });
});
