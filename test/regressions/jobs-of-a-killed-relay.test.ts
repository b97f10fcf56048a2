import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createProcessor } from '../../jobs/processor.ts';
import { anEntry, post, rawSql } from '../support/ledger.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** As if a relay had handed over the one message that waits, and had been killed before it could say so. */
async function runUnmarked(app: TestApp): Promise<void> {
  const [message] = await rawSql(app, 'select id::text as id, job from outbox_messages where relayed_at is null');
  const job = { name: String(message?.job), data: { messageId: String(message?.id), payload: {} } };
  await createProcessor(app.services, app.platform.logger)({ ...job, attemptsMade: 0, opts: {} });
}

async function countUnsealed(app: TestApp): Promise<number> {
  return (await rawSql(app, 'select 1 from ledger_unsealed')).length;
}

describe('a job whose relay was killed between handing it over and saying so', () => {
  it('waits for a transaction that counts on it', async () => {
    await using app = await startTestApp();
    await post(app, anEntry(app));
    let running: Promise<void> = Promise.resolve();
    await app.platform.database.transaction(async (em) => {
      await app.services.ledger.post(em, [anEntry(app)]);
      running = runUnmarked(app);
      await sleep(300);
    });
    await running;
    expect(await countUnsealed(app)).toBe(0);
  });

  it('is not counted on any more once it has begun', async () => {
    await using app = await startTestApp();
    await post(app, anEntry(app));
    await runUnmarked(app);
    await post(app, anEntry(app));
    expect(await app.services.outbox.countOpen()).toBe(1);
    expect(await countUnsealed(app)).toBe(1);
    await app.drainJobs();
    expect(await countUnsealed(app)).toBe(0);
  });
});
