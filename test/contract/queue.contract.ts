import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Queue, UnrecoverableError, type Worker } from 'bullmq';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type JobData, jobOptions, type Processor, type QueueBackend, type RunningJob } from '../../jobs/queues.ts';

/** A backend on a store that no other test sees, with short timings. */
export type OpenQueueBackend = () => Promise<QueueBackend>;

const QUEUE = 'campaigns';
const soon = { timeout: 10_000, interval: 20 };
const retried = { ...jobOptions, attempts: 3, backoff: { type: 'exponential', delay: 60 } };

/** What the product relies on, whatever keeps the queues. */
export function describeQueues(store: string, open: OpenQueueBackend): void {
  describe(`the queues on ${store}`, () => {
    it('run a job once, with what it was given', async () => {
      const { add, work } = await openTest(open);
      const seen: unknown[] = [];
      await work(async (job) => void seen.push(job.data.payload));
      await add({ payload: { campaignId: '跨界-1' } });
      await vi.waitFor(() => expect(seen).toEqual([{ campaignId: '跨界-1' }]), soon);
      await sleep(150);
      expect(seen).toHaveLength(1);
    });

    it('try a failed job again, later each time, until it is done', async () => {
      const { add, work } = await openTest(open);
      const startedMs: number[] = [];
      await work(async () => {
        startedMs.push(performance.now());
        if (startedMs.length < 3) throw new Error('not yet');
      });
      await add({ options: retried });
      await vi.waitFor(() => expect(startedMs).toHaveLength(3), soon);
      const [first = 0, second = 0, third = 0] = startedMs;
      expect(second - first).toBeGreaterThanOrEqual(55);
      expect(third - second).toBeGreaterThanOrEqual(110);
    });

    it('give a job up after its last attempt, and keep it to be looked at', async () => {
      const { add, work, queue } = await openTest(open);
      let attempts = 0;
      await work(async () => {
        attempts++;
        throw new Error('broken');
      });
      const id = await add({ options: { ...retried, attempts: 2 } });
      await vi.waitFor(async () => expect(await queue.getJobState(id)).toBe('failed'), soon);
      expect(attempts).toBe(2);
      expect((await queue.getJob(id))?.failedReason).toBe('broken');
    });

    it('do not try again what cannot be recovered', async () => {
      const { add, work, queue } = await openTest(open);
      let attempts = 0;
      await work(async () => {
        attempts++;
        throw new UnrecoverableError('bad data');
      });
      const id = await add({ options: retried });
      await vi.waitFor(async () => expect(await queue.getJobState(id)).toBe('failed'), soon);
      await sleep(200);
      expect(attempts).toBe(1);
    });

    it('take a job of one id once, however often it is handed over', async () => {
      const { add, work, queue } = await openTest(open);
      const id = randomUUID();
      await Promise.all(Array.from({ length: 5 }, () => add({ id })));
      await add({ id });
      expect(await queue.getWaitingCount()).toBe(1);
      let runs = 0;
      await work(async () => void runs++);
      await vi.waitFor(() => expect(runs).toBe(1), soon);
      await sleep(150);
      expect(runs).toBe(1);
    });

    it('never do a job twice with several workers', async () => {
      const { add, work } = await openTest(open);
      const runs = new Map<string, number>();
      const process: Processor = async (job) => {
        await sleep(2);
        runs.set(job.id ?? '', (runs.get(job.id ?? '') ?? 0) + 1);
      };
      await work(process);
      await work(process);
      const ids = await Promise.all(Array.from({ length: 100 }, () => add({})));
      await vi.waitFor(() => expect(runs.size).toBe(ids.length), soon);
      expect([...runs.values()].every((count) => count === 1)).toBe(true);
    });

    it('give the job of a worker that died to another', async () => {
      const { add, work } = await openTest(open);
      const started = Promise.withResolvers<void>();
      const dead = await work(() => {
        started.resolve();
        return new Promise(() => undefined);
      });
      const id = await add({});
      await started.promise;
      void dead.close(true);
      const done = Promise.withResolvers<RunningJob>();
      await work(async (job) => done.resolve(job));
      expect((await done.promise).id).toBe(id);
    });

    it('wait, when a worker closes, for the job under way, and start no other', async () => {
      const { add, work, queue } = await openTest(open);
      const started = Promise.withResolvers<void>();
      let finished = 0;
      const worker = await work(async () => {
        started.resolve();
        await sleep(200);
        finished++;
      });
      const ids = await Promise.all([add({}), add({})]);
      await started.promise;
      await worker.close();
      expect(finished).toBe(1);
      const states = await Promise.all(ids.map((id) => queue.getJobState(id)));
      expect(states.toSorted()).toEqual(['unknown', 'waiting']);
    });

    it('make a job at each instant of a schedule, once for all who keep it, and say the instant', async () => {
      const { queue, work } = await openTest(open);
      const dueMs: (number | undefined)[] = [];
      const process: Processor = async (job) => void dueMs.push(job.opts.prevMillis);
      await work(process);
      await work(process);
      const keep = () => queue.upsertJobScheduler('tick', { pattern: '* * * * * *', tz: 'UTC' }, { name: 'tick' });
      await keep();
      await keep();
      await vi.waitFor(() => expect(dueMs.length).toBeGreaterThanOrEqual(3), soon);
      await queue.removeJobScheduler('tick');
      expect(dueMs.every((ms) => ms !== undefined && ms % 1_000 === 0)).toBe(true);
      expect(new Set(dueMs).size).toBe(dueMs.length);
      const [first = 0, second = 0] = dueMs;
      expect(second - first).toBe(1_000);
    });

    it('answer whether they can be reached', async () => {
      const { backend } = await openTest(open);
      expect(await backend.isReachable()).toBe(true);
    });
  });
}

interface AddedJob {
  readonly id?: string;
  readonly payload?: Record<string, unknown>;
  readonly options?: object;
}

/** Opens a queue, and workers on demand; everything is closed in the end, and must not have warned. */
async function openTest(open: OpenQueueBackend) {
  const warnings: Error[] = [];
  const note = (warning: Error) => warnings.push(warning);
  process.on('warning', note);
  const backend = await open();
  const queue: Queue<JobData> = await backend.openQueue(QUEUE);
  const workers: Worker<JobData>[] = [];
  onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await queue.close();
    await backend.close();
    process.off('warning', note);
    expect(warnings).toEqual([]);
  });
  return {
    backend,
    queue,
    async work(process: Processor): Promise<Worker<JobData>> {
      const worker = await backend.openWorker(QUEUE, process, { concurrency: 1 });
      workers.push(worker);
      return worker;
    },
    async add({ id = randomUUID(), payload = {}, options = jobOptions }: AddedJob): Promise<string> {
      await queue.add('attribute-campaign', { messageId: id, payload }, { ...options, jobId: id });
      return id;
    },
  };
}
