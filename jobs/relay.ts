import type { Queue } from 'bullmq';
import { Client } from 'pg';
import type { JobName, OutboxService, PendingMessage } from '../src/outbox/index.ts';
import type { Logger } from '../src/platform/logger.ts';
import type { Clock } from '../src/shared/clock.ts';
import { present } from '../src/shared/invariant.ts';
import { type JobData, jobOptions, type QueueName, queueOf } from './queues.ts';

const BATCH = 200;
const POLL_MS = 1_000;
const REVIVE_EVERY_MS = 30_000;
/** Longer than any job takes: what is not settled by then was lost with the queue. */
const LOST_AFTER_MS = 10 * 60_000;

export interface RelayOptions {
  readonly outbox: OutboxService;
  readonly queues: ReadonlyMap<QueueName, Queue<JobData>>;
  readonly databaseUrl: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Moves messages from the outbox to the queues: at once when the database says that there are some, else by the second. */
export class Relay {
  readonly #options: RelayOptions;
  #listener: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #revivedAt = 0;

  constructor(options: RelayOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    await this.#listen();
    this.#timer = setInterval(() => this.#wake(), POLL_MS);
    this.#wake();
  }

  /** Moves everything that waits now. Safe to call beside a started relay, and in several processes. */
  async drain(): Promise<number> {
    let moved = 0;
    for (;;) {
      const count = await this.#options.outbox.relay(BATCH, (messages) => this.#publish(messages));
      moved += count;
      if (count < BATCH) return moved;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
    await this.#listener?.end().catch(() => undefined);
  }

  /** One pass at a time; a call during a pass asks for one more after it. */
  #wake(): void {
    if (this.#stopped) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#running = this.#pass().finally(() => {
      this.#running = undefined;
      if (this.#again) this.#wake();
    });
  }

  async #pass(): Promise<void> {
    try {
      const now = this.#options.clock.now().getTime();
      if (now - this.#revivedAt >= REVIVE_EVERY_MS) {
        this.#revivedAt = now;
        await this.#revive(new Date(now - LOST_AFTER_MS));
      }
      await this.drain();
    } catch (error) {
      this.#options.logger.warn({ err: error }, 'the relay could not move messages; it tries again');
    }
  }

  /** A job that the queue gave up still holds its id there: it is taken away, so that the message makes a new one. */
  async #revive(relayedBefore: Date): Promise<void> {
    for (const message of await this.#options.outbox.reviveLost(relayedBefore)) {
      const job = await this.#queueOf(message.job).getJob(message.id);
      if ((await job?.isFailed()) || (await job?.isCompleted())) await job?.remove();
      this.#options.logger.warn({ job: message.job, jobId: message.id }, 'a job was lost; it starts anew');
    }
  }

  #queueOf(job: JobName): Queue<JobData> {
    return present(this.#options.queues.get(queueOf(job)), `the queue of ${job}`);
  }

  async #publish(messages: readonly PendingMessage[]): Promise<void> {
    const byQueue = Map.groupBy(messages, (message) => this.#queueOf(message.job));
    for (const [queue, group] of byQueue) {
      const jobs = group.map((message) => ({
        name: message.job,
        data: { messageId: message.id, payload: message.payload },
        opts: { ...jobOptions, jobId: message.id },
      }));
      await queue.addBulk(jobs);
    }
  }

  /** Listening is a convenience: while its connection is broken the poll goes on, and a new one is tried by the second. */
  async #listen(): Promise<void> {
    const client = new Client({ connectionString: this.#options.databaseUrl, application_name: 'tributary-relay' });
    this.#listener = client;
    const renew = () => {
      if (this.#stopped || this.#listener !== client) return;
      this.#listener = undefined;
      setTimeout(() => void this.#listen(), POLL_MS).unref();
    };
    client.on('notification', () => this.#wake());
    client.on('error', renew);
    try {
      await client.connect();
      await client.query('listen outbox');
    } catch {
      renew();
    }
  }
}
