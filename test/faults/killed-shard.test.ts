import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { bulkInsert } from '../../src/platform/bulk-insert.ts';
import { system } from '../../src/shared/actor.ts';
import { idFromName } from '../../src/shared/ids.ts';
import { aContent } from '../support/contents.ts';
import { startProduct } from '../support/product.ts';
import { servedLists } from '../support/served-lists.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { LOCK_SECONDS } from './fleet.ts';

const LIMIT_MS = 180_000;
const WAIT_MS = 60_000;
const SHARDS = 3;
const OPERATOR = system('test');

async function likes(app: TestApp): Promise<void> {
  const contentIds: string[] = [];
  for (let number = 0; number < 12; number++) contentIds.push((await aContent(app)).id);
  const at = app.clock.now();
  const rows = Array.from({ length: 150 }, (_, number) => ({
    id: idFromName('like', String(number)),
    user_id: idFromName('person', String(number % 40)),
    content_id: contentIds[(number * 7 + (number % 40)) % 12],
    kind: 'LIKE',
    value: null,
    occurred_at: at,
    received_at: at,
  }));
  await app.platform.database.transaction((em) => bulkInsert(em, 'interactions', rows));
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + WAIT_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`It took too long until ${what}.`);
    await sleep(100);
  }
}

/** Whether somebody has found the neighbours of a shard, and waits to save them. */
async function isShardHeld(app: TestApp): Promise<boolean> {
  const { rows } = await app.platform.database.pool.query(
    `select 1 from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock' and query like '%training_runs%'`,
  );
  return rows.length > 0;
}

it('a shard whose worker is killed is done by another, and the version is the same', {
  timeout: LIMIT_MS,
}, async () => {
  await using app = await startTestApp();
  await likes(app);
  const { similarity, models } = app.services;
  await similarity.recompute();
  const undisturbed = await servedLists(app);
  expect(undisturbed.length).toBeGreaterThan(0);

  app.clock.advance(1_000);
  const runId = app.platform.ids.next();
  await similarity.plan({ runId, shardCount: SHARDS, isFull: true });
  const environment = { DATABASE_URL: app.databaseUrl, WORKER_LOCK_SECONDS: String(LOCK_SECONDS) };
  // Nobody can save a shard while this is locked: so the worker dies between finding and saving.
  const holder = await app.platform.database.pool.connect();
  await holder.query('begin');
  await holder.query('select 1 from training_runs where id = $1 for update', [runId]);
  {
    await using worker = startProduct('work.ts', environment);
    await worker.ready();
    await until('a shard is under way', () => isShardHeld(app));
    worker.child.kill('SIGKILL');
    expect(await worker.ended()).toBeNull();
  }
  await holder.query('rollback');
  holder.release();
  expect(await models.findTraining(OPERATOR, runId)).toMatchObject({ state: 'TRAINING', shardsDone: 0 });

  await using other = startProduct('work.ts', environment);
  await other.ready();
  await until('the training has ended', async () => (await models.findTraining(OPERATOR, runId))?.endedAt != null);
  expect(await models.findTraining(OPERATOR, runId)).toMatchObject({ state: 'PUBLISHED', shardsDone: SHARDS });
  expect(await servedLists(app)).toEqual(undisturbed);
});
