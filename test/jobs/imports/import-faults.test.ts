import { describe, expect, it } from 'vitest';
import { ImportFileError, ImportRunningError } from '../../../src/imports/index.ts';
import { anonymous, system } from '../../../src/shared/actor.ts';
import { UnauthenticatedError } from '../../../src/shared/domain-error.ts';
import { type ImportFiles, importFiles } from '../../support/import-files.ts';
import { countRows, csv, importText, select } from '../../support/imports.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const HEADER = ['external_ref', 'display_name', 'email'];
const GOOD = csv(HEADER, ['x:1', 'A', 'a@example.com'], ['x:2', 'B', 'b@example.com'], ['x:3', '', '']);

const importUsers = (app: TestApp, files: ImportFiles, content: string, options: { dryRun?: boolean } = {}) =>
  importText(app, files, { kind: 'users', name: 'users.csv', content, ...options });

describe('an import', () => {
  it('that fails in the merge leaves neither rows nor files, and the connection usable', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    await select(app, "alter table users add constraint no_b check (email <> 'b@example.com')");
    await expect(importUsers(app, files, GOOD)).rejects.toThrow('no_b');
    expect(await countRows(app, 'users')).toEqual({ users: 0 });
    expect(await files.read('users.csv.errors.csv')).toBeNull();
    expect(await files.read('users.csv.errors.csv.part')).toBeNull();
    await select(app, 'alter table users drop constraint no_b');
    expect((await importUsers(app, files, GOOD)).counts.users).toMatchObject({ inserted: 2, refused: 1 });
  });

  it('whose connection breaks in the middle leaves nothing behind', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const path = await files.write('users.csv', GOOD);
    let killed = false;
    const onProgress = ({ stage }: { stage: string }) => {
      if (stage !== 'merging' || killed) return;
      killed = true;
      void select(
        app,
        `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database =
           (select oid from pg_database where datname = current_database())`,
      );
    };
    await select(
      app,
      'create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return new; end $$',
    );
    await select(app, 'create trigger slow before insert on users for each row execute function slow()');
    const run = app.services.imports.importFile(system('import'), { kind: 'users', path, onProgress });
    await expect(run).rejects.toThrow(/terminat/i);
    expect(await countRows(app, 'users')).toEqual({ users: 0 });
    expect(await select(app, "select from pg_class where relname = 'staged'")).toEqual([]);
  });

  it('stops when told to, and keeps nothing', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const path = await files.write('users.csv', GOOD);
    const { signal } = { signal: AbortSignal.abort(new Error('enough')) };
    const run = app.services.imports.importFile(system('import'), { kind: 'users', path, signal });
    await expect(run).rejects.toThrow('enough');
    expect(await countRows(app, 'users')).toEqual({ users: 0 });
  });

  it('keeps nothing in a dry run, and still tells what would happen and what is wrong', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const report = await importUsers(app, files, GOOD, { dryRun: true });
    expect(report).toMatchObject({ dryRun: true, counts: { users: { read: 3, inserted: 2, refused: 1 } } });
    expect(await files.read('users.csv.errors.csv')).toContain('4,display_name,is missing');
    expect(await countRows(app, 'users')).toEqual({ users: 0 });
  });

  it('does not begin while another one runs', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const path = await files.write('users.csv', GOOD);
    const other = await files.write('other.csv', GOOD);
    let second: Promise<unknown> | undefined;
    const onProgress = () => {
      second ??= app.services.imports.importFile(system('import'), { kind: 'users', path: other }).catch((e) => e);
    };
    const { pool } = app.platform.database;
    const blocker = await pool.connect();
    try {
      await blocker.query('begin; lock table users in exclusive mode');
      const first = app.services.imports.importFile(system('import'), { kind: 'users', path, onProgress });
      while (!second) await new Promise((settle) => setTimeout(settle, 5));
      expect(await second).toBeInstanceOf(ImportRunningError);
      await blocker.query('rollback');
      expect((await first).counts.users).toMatchObject({ inserted: 2 });
    } finally {
      blocker.release();
    }
  });

  it('of a file that cannot be used is refused as a whole', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const unusable: readonly (readonly [string, string | Buffer, string])[] = [
      ['users.csv', 'name,mail\nA,b\n', 'lacks the columns external_ref, display_name.'],
      ['users.csv', '', 'is empty'],
      ['users.csv.gz', Buffer.from('external_ref,display_name\n'), 'is named .gz but is no gzip file'],
      ['users.xlsx', 'PK', 'must end in .csv or .jsonl'],
    ];
    for (const [name, content, reason] of unusable) {
      const run = importText(app, files, { kind: 'users', name, content });
      await expect(run).rejects.toThrow(ImportFileError);
      await expect(run).rejects.toThrow(reason);
    }
  });

  it('names the error file when it cannot be written, and keeps nothing', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const path = await files.write('users.csv', GOOD);
    const errorsPath = `${files.folder}/no/such/folder/errors.csv`;
    const run = app.services.imports.importFile(system('import'), { kind: 'users', path, errorsPath });
    await expect(run).rejects.toThrow(`${errorsPath} cannot be written`);
    expect(await countRows(app, 'users')).toEqual({ users: 0 });
  });

  it('is for admins and the operator only', async () => {
    await using app = await startTestApp();
    const request = { kind: 'users', path: '/nowhere.csv' };
    await expect(app.services.imports.importFile(anonymous, request)).rejects.toThrow(UnauthenticatedError);
    await expect(app.services.imports.importMooccubex(anonymous, { folder: '/' })).rejects.toThrow(
      UnauthenticatedError,
    );
  });

  it('of fifty thousand records with a thousand bad ones finds each of them', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const rows = Array.from({ length: 50_000 }, (_, at) => [`x:${at}`, at % 50 === 0 ? '' : `Learner ${at}`, '']);
    const { counts } = await importUsers(app, files, csv(HEADER, ...rows));
    expect(counts.users).toEqual({ read: 50_000, inserted: 49_000, updated: 0, unchanged: 0, refused: 1_000 });
    const lines = (await files.read('users.csv.errors.csv'))?.trim().split('\n').slice(1) ?? [];
    expect(lines.map((line) => Number(line.split(',')[0]))).toEqual(
      Array.from({ length: 1_000 }, (_, n) => n * 50 + 2),
    );
  });
});
