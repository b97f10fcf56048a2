import { expect, it } from 'vitest';
import type { EntityManager } from '../../src/platform/database.ts';
import { system } from '../../src/shared/actor.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const message = {
  job: 'refresh-campaign-metrics',
  payload: { campaignId: '00000000-0000-7000-8000-000000000001' },
  requestedBy: system('test'),
} as const;

const relay = (app: TestApp) => app.services.outbox.relay(10, async () => undefined);

it('makes one job of many wishes, within one transaction and over several', async () => {
  await using app = await startTestApp();
  const wish = (em: EntityManager) => app.services.outbox.enqueueOnce(em, message);
  await app.platform.database.transaction(async (em) => {
    await wish(em);
    await wish(em);
  });
  await app.platform.database.transaction(wish);
  expect(await app.services.outbox.countOpen()).toBe(1);
});

it('makes a new job once the last one was handed over', async () => {
  await using app = await startTestApp();
  const wish = (em: EntityManager) => app.services.outbox.enqueueOnce(em, message);
  await app.platform.database.transaction(wish);
  expect(await relay(app)).toBe(1);
  await app.platform.database.transaction(wish);
  expect(await relay(app)).toBe(1);
});

it('is not handed over while a transaction that counts on it is under way', async () => {
  await using app = await startTestApp();
  const { database } = app.platform;
  await database.transaction((em) => app.services.outbox.enqueueOnce(em, message));
  await database.transaction(async (em) => {
    await app.services.outbox.enqueueOnce(em, message);
    expect(await relay(app)).toBe(0);
  });
  expect(await relay(app)).toBe(1);
});
