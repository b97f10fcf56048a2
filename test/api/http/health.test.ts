import { expect, it } from 'vitest';
import { createServer } from '../../../src/bin/http/server.ts';
import { startTestApp } from '../../support/test-app.ts';

it('is live and ready when everything answers', async () => {
  await using app = await startTestApp();
  expect((await app.server.inject({ url: '/health/live' })).statusCode).toBe(200);
  const ready = await app.server.inject({ url: '/health/ready' });
  expect(ready.statusCode).toBe(200);
  expect(ready.json()).toEqual({ status: 'ready', failing: [] });
});

it('is live and not ready while a migration is missing, and says so', async () => {
  await using app = await startTestApp();
  await app.platform.database.pool.query("delete from mikro_orm_migrations where name like '%outbox-notify'");
  const ready = await app.server.inject({ url: '/health/ready' });
  expect(ready.statusCode).toBe(503);
  expect(ready.json()).toEqual({ status: 'not ready', failing: ['migrations'] });
  expect((await app.server.inject({ url: '/health/live' })).statusCode).toBe(200);
});

it('is not ready while the queue or the database is away', async () => {
  await using app = await startTestApp();
  const gone = { ...app.queues, isReachable: async () => Promise.reject(new Error('gone')) };
  const server = await createServer({ platform: app.platform, services: app.services, queues: gone });
  expect((await server.inject({ url: '/health/ready' })).json()).toMatchObject({ failing: ['queue'] });
  await app.platform.database.close();
  const ready = await server.inject({ url: '/health/ready' });
  expect(ready.json<{ failing: string[] }>().failing).toEqual(expect.arrayContaining(['database', 'queue']));
  await server.close();
});
