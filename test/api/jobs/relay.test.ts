import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { startJobs } from '../../../jobs/runtime.ts';
import { recurrences, ScheduleKeeper } from '../../../jobs/schedule.ts';
import { createTicker } from '../../../jobs/ticker.ts';
import { system } from '../../../src/shared/actor.ts';
import { aCampaign } from '../../support/campaigns.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const soon = { timeout: 10_000, interval: 20 };
const MONTH_MS = 31 * 24 * 3_600_000;

function want(app: TestApp): Promise<string> {
  return app.platform.database.transaction(async (em) =>
    app.services.outbox.enqueue(em, { job: 'seal-ledger', payload: {}, requestedBy: system('test') }),
  );
}

function startRuntime(app: TestApp) {
  const { platform, services, queues: backend, databaseUrl } = app;
  return startJobs({ platform, services, backend, databaseUrl, withSchedule: false });
}

async function stateOf(app: TestApp, id: string) {
  const { rows } = await app.platform.database.pool.query('select * from outbox_messages where id = $1', [id]);
  return rows[0] as { relayed_at: Date | null; settled_at: Date | null; error_code: string | null } | undefined;
}

describe('the relay', () => {
  it('is woken by the commit that wrote a message', async () => {
    await using app = await startTestApp();
    const runtime = await startRuntime(app);
    const startedMs = performance.now();
    const id = await want(app);
    await vi.waitFor(async () => expect((await stateOf(app, id))?.settled_at).not.toBeNull(), soon);
    expect(performance.now() - startedMs).toBeLessThan(700);
    await runtime.close();
  });

  it('takes up what was wanted while nobody worked', async () => {
    await using app = await startTestApp();
    const ids = await Promise.all([want(app), want(app), want(app)]);
    const runtime = await startRuntime(app);
    for (const id of ids) {
      await vi.waitFor(async () => expect((await stateOf(app, id))?.settled_at).not.toBeNull(), soon);
    }
    await runtime.close();
  });

  it('wants a job again that the queue has lost', async () => {
    await using app = await startTestApp();
    const id = await want(app);
    await app.services.outbox.relay(10, async () => undefined);
    app.clock.advance(11 * 60_000);
    const runtime = await startRuntime(app);
    await vi.waitFor(async () => expect((await stateOf(app, id))?.settled_at).not.toBeNull(), soon);
    await runtime.close();
  });

  it('wants a job again that the queue has given up without its message being told', async () => {
    await using app = await startTestApp();
    const id = await want(app);
    const queue = await app.queues.openQueue('money');
    const worker = await app.queues.openWorker('money', async () => Promise.reject(new Error('died')), {
      concurrency: 1,
    });
    await app.services.outbox.relay(10, async () => {
      await queue.add('seal-ledger', { messageId: id, payload: {} }, { jobId: id, attempts: 1 });
    });
    await vi.waitFor(async () => expect(await queue.getJobState(id)).toBe('failed'), soon);
    await worker.close();
    await queue.close();
    app.clock.advance(11 * 60_000);
    const runtime = await startRuntime(app);
    await vi.waitFor(async () => expect((await stateOf(app, id))?.settled_at).not.toBeNull(), soon);
    await runtime.close();
  });

  it('forgets what was settled a month ago, and nothing else', async () => {
    await using app = await startTestApp();
    const [old, open] = [await want(app), await want(app)];
    await app.services.outbox.settle(old);
    app.clock.advance(MONTH_MS);
    const recent = await want(app);
    await app.services.outbox.settle(recent);
    expect(await app.services.outbox.prune()).toBe(1);
    expect(await stateOf(app, old)).toBeUndefined();
    expect(await stateOf(app, open)).toBeDefined();
    expect(await stateOf(app, recent)).toBeDefined();
  });
});

describe('a relay whose connection broke', () => {
  it('moves messages all the same, and is woken again by commits once it is back', async () => {
    await using app = await startTestApp();
    const runtime = await startRuntime(app);
    await app.platform.database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tributary-relay' and datname = current_database()",
    );
    const id = await want(app);
    await vi.waitFor(async () => expect((await stateOf(app, id))?.settled_at).not.toBeNull(), soon);
    await vi.waitFor(async () => {
      const { rows } = await app.platform.database.pool.query(
        "select 1 from pg_stat_activity where application_name = 'tributary-relay' and datname = current_database()",
      );
      expect(rows).toHaveLength(1);
    }, soon);
    await runtime.close();
  });
});

describe('a tick of the schedule', () => {
  it('wants the same messages when it runs twice, and others at another instant', async () => {
    await using app = await startTestApp();
    const tick = createTicker(app.services, app.platform.logger);
    const at = (iso: string) => ({
      name: 'close-period',
      data: { payload: {} },
      attemptsMade: 0,
      opts: { prevMillis: new Date(iso).getTime() },
    });
    await tick(at('2026-11-03T04:00:00Z'));
    await tick(at('2026-11-03T04:00:00Z'));
    await tick(at('2026-12-03T04:00:00Z'));
    const { rows } = await app.platform.database.pool.query(
      'select job, payload, requested_by from outbox_messages order by payload',
    );
    expect(rows).toEqual([
      { job: 'close-period', payload: { period: '2026-10' }, requested_by: 'system:schedule' },
      { job: 'close-period', payload: { period: '2026-11' }, requested_by: 'system:schedule' },
    ]);
  });

  it('works out the campaigns that have begun, and no others', async () => {
    await using app = await startTestApp();
    const begun = [await aCampaign(app), await aCampaign(app, { state: 'ENDED' })].map(({ id }) => id);
    await aCampaign(app, { state: 'PLANNED' });
    const due = (await recurrences['work-out-campaigns']?.due(app.clock.now(), app.services)) ?? [];
    const wanted = begun.flatMap((id) => [`refresh-campaign-metrics ${id}`, `attribute-campaign ${id}`]);
    expect(due.map(({ job, payload }) => `${job} ${Object.values(payload)[0]}`).sort()).toEqual(wanted.sort());
  });

  it('is nothing for a name that the program no longer knows', async () => {
    await using app = await startTestApp();
    const tick = createTicker(app.services, app.platform.logger);
    await tick({ name: 'long-gone', id: randomUUID(), data: { payload: {} }, attemptsMade: 0, opts: {} });
    expect(await app.services.outbox.countOpen()).toBe(0);
  });

  it('names jobs that have a handler', async () => {
    await using app = await startTestApp();
    const { handlers } = await import('../../../jobs/handlers.ts');
    for (const { due } of Object.values(recurrences)) {
      for (const { job } of await due(app.clock.now(), app.services)) expect(handlers[job]).toBeTypeOf('function');
    }
  });
});

describe('the schedule', () => {
  it('is in the store once, however many keep it, and comes back when the store was emptied', async () => {
    await using app = await startTestApp();
    const queue = await app.queues.openQueue('schedule');
    const names = async () => (await queue.getJobSchedulers()).map(({ name }) => name).toSorted();
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const keepers = [1, 2].map(() => new ScheduleKeeper(queue, app.platform.logger));
    for (const keeper of keepers) await keeper.start();
    expect(await names()).toEqual(Object.keys(recurrences).toSorted());
    expect(await queue.getDelayedCount()).toBe(Object.keys(recurrences).length);
    await queue.obliterate({ force: true });
    for (const name of Object.keys(recurrences)) await queue.removeJobScheduler(name);
    expect(await names()).toEqual([]);
    vi.advanceTimersByTime(60_000);
    for (const keeper of keepers) await keeper.stop();
    expect(await names()).toEqual(Object.keys(recurrences).toSorted());
    vi.useRealTimers();
    await queue.close();
  });
});
