import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { idFromName } from '../../../src/shared/ids.ts';
import { importFiles } from '../../support/import-files.ts';
import { csv, importText, select } from '../../support/imports.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const HEADER = ['external_ref', 'display_name', 'email', 'interests'];
const USERS = 'select external_ref, display_name, email, interests from users order by external_ref';

describe('importing users', () => {
  it('takes CSV with a byte order mark, CRLF, Chinese, and quotes with commas and breaks within', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const content =
      '\uFEFFexternal_ref,display_name,email,interests\r\nx:1,李想,Li@Example.com,数据|旅行\r\nx:2,"Chen, ""Li""",,"a\r\nb|c"\r\n';
    const { counts } = await importText(app, files, { kind: 'users', name: 'users.csv', content });
    expect(counts.users).toEqual({ read: 2, inserted: 1, updated: 0, unchanged: 0, refused: 1 });
    expect(await select(app, USERS)).toEqual([
      { external_ref: 'x:1', display_name: '李想', email: 'li@example.com', interests: ['数据', '旅行'] },
    ]);
    expect(await files.read('users.csv.errors.csv')).toBe(
      'line,column,reason,raw\n3,interests,holds control characters,"x:2,""Chen, """"Li"""""",,""a\nb|c"""\n',
    );
  });

  it('keeps tabs, backslashes and quotes in text and lists as they are', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const display_name = 'back\\slash "q" \\N {x}';
    const interests = ['a"b', 'c\\d', '{e,f}', 'NULL', ' g '];
    const content = `${JSON.stringify({ external_ref: 'x', display_name, interests })}\n`;
    await importText(app, files, { kind: 'users', name: 'users.jsonl', content });
    expect(await select(app, USERS)).toEqual([
      { external_ref: 'x', display_name, email: null, interests: ['a"b', 'c\\d', '{e,f}', 'NULL', 'g'] },
    ]);
  });

  it('gives learners ids that follow from their names, one role and no password', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    await importText(app, files, {
      kind: 'users',
      name: 'users.jsonl.gz',
      content: gzipSync('{"external_ref":"x:1","display_name":"A","birth_year":1990}\n'),
    });
    expect(await select(app, 'select id, roles, password_hash, locale, birth_year, created_at from users')).toEqual([
      {
        id: idFromName('imported user', 'x:1'),
        roles: ['LEARNER'],
        password_hash: null,
        locale: 'zh-CN',
        birth_year: 1990,
        created_at: app.clock.now(),
      },
    ]);
  });

  it('changes nothing the second time, and follows the file the third', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const first = csv(HEADER, ['x:1', 'A', 'a@example.com', 'p|q'], ['x:2', 'B', '', '']);
    const run = (content: string) => importText(app, files, { kind: 'users', name: 'users.csv', content });
    await run(first);
    const before = await select(app, 'select xmin::text, * from users order by id');
    expect((await run(first)).counts.users).toEqual({ read: 2, inserted: 0, updated: 0, unchanged: 2, refused: 0 });
    expect(await select(app, 'select xmin::text, * from users order by id')).toEqual(before);
    const third = csv(HEADER, ['x:1', 'A', 'other@example.com', 'q'], ['x:2', 'B', 'b@example.com', ''], ['x:3', 'C']);
    expect((await run(third)).counts.users).toMatchObject({ read: 3, updated: 2, refused: 1 });
    expect(await select(app, USERS)).toEqual([
      { external_ref: 'x:1', display_name: 'A', email: 'a@example.com', interests: ['q'] },
      { external_ref: 'x:2', display_name: 'B', email: 'b@example.com', interests: [] },
    ]);
  });

  it('refuses repeated learners and addresses, and addresses of others, by line', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    await aLearner(app, { email: 'taken@example.com' });
    const content = csv(
      HEADER,
      ['x:1', 'A', 'a@example.com', ''],
      ['x:1', 'Again', '', ''],
      ['x:2', 'B', 'A@example.com', ''],
      ['x:3', 'C', 'taken@example.com', ''],
      ['x:4', 'D', 'd@example.com', ''],
      ['x:5', '', '', ''],
    );
    const report = await importText(app, files, { kind: 'users', name: 'users.csv', content });
    expect(report.counts.users).toEqual({ read: 6, inserted: 2, updated: 0, unchanged: 0, refused: 4 });
    expect(report.errorFiles).toEqual([
      {
        source: `${files.folder}/users.csv`,
        path: `${files.folder}/users.csv.errors.csv`,
        records: 4,
        first: [
          { line: 3, column: 'external_ref', reason: 'is the same as on line 2', raw: 'x:1,Again,,' },
          { line: 4, column: 'email', reason: 'is the same as on line 2', raw: 'x:2,B,A@example.com,' },
          { line: 5, column: 'email', reason: 'belongs to another account', raw: 'x:3,C,taken@example.com,' },
          { line: 7, column: 'display_name', reason: 'is missing', raw: 'x:5,,,' },
        ],
      },
    ]);
  });

  it('leaves no error file of an earlier run behind when nothing is refused any more', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const run = (content: string) => importText(app, files, { kind: 'users', name: 'users.csv', content });
    await run(csv(HEADER, ['x:1', '', '', '']));
    expect(await files.read('users.csv.errors.csv')).toContain('2,display_name');
    await run(csv(HEADER, ['x:1', 'A', '', '']));
    expect(await files.read('users.csv.errors.csv')).toBeNull();
  });
});
