import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/platform/database.ts';
import { rawSql } from '../support/ledger.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** As a restart of the server does. */
function breakConnections(app: TestApp): Promise<unknown> {
  return rawSql(
    app,
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
}

/** A transaction that its connection does not live to see the end of. */
async function aBrokenTransaction(app: TestApp, { isIdle }: { isIdle: boolean }): Promise<unknown> {
  const begun = Promise.withResolvers<void>();
  const broken = Promise.withResolvers<unknown>();
  const ended = app.platform.database.transaction(async (em) => {
    await sql`select 1`.execute(rowsOf(em));
    begun.resolve();
    await (isIdle ? broken.promise : sql`select pg_sleep(5)`.execute(rowsOf(em)));
    await sql`select 2`.execute(rowsOf(em));
  });
  const failure = ended.then(() => null).catch((error: unknown) => error);
  await begun.promise;
  broken.resolve(await breakConnections(app));
  return failure;
}

describe('a connection that breaks within a transaction', () => {
  it.each([
    ['while a statement runs', { isIdle: false }],
    ['between two statements', { isIdle: true }],
  ])('%s is let go of: the pool has room for the next one, and the process lives', async (_when, moment) => {
    await using app = await startTestApp();
    const { pool } = app.platform.database;
    for (let lost = 0; lost <= pool.options.max; lost += 1) {
      expect(await aBrokenTransaction(app, moment)).toBeInstanceOf(Error);
    }
    await sleep(20);
    expect(pool.totalCount - pool.idleCount).toBe(0);
    const answer = await app.platform.database.transaction((em) => sql`select 42 as answer`.execute(rowsOf(em)));
    expect(answer.rows).toEqual([{ answer: 42 }]);
  });

  it('before the transaction begins is let go of, and nothing runs outside of one', async () => {
    await using app = await startTestApp();
    const { pool } = app.platform.database;
    await sql`create table scratch (id int)`.execute(app.platform.database.read());
    for (let lost = 0; lost <= pool.options.max; lost += 1) {
      const client = await pool.connect();
      client.release();
      // The pool has not seen it break yet and hands it out.
      const broken = breakConnections(app);
      const work = app.platform.database.transaction(async (em) => {
        await sql`insert into scratch values (1)`.execute(rowsOf(em));
        throw new Error('rolled back');
      });
      await expect(work).rejects.toThrow();
      await broken;
    }
    expect(pool.totalCount - pool.idleCount).toBe(0);
    expect(await rawSql(app, 'select * from scratch')).toEqual([]);
  });
});
