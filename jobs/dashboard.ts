import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { Queue } from 'bullmq';
import type { FastifyInstance } from 'fastify';
import { closeQueues, type JobData, openQueues, type QueueBackend, type QueueName } from './queues.ts';

const OTHER_HOSTS = /<link[^>]+href="https?:[^>]*>/g;

/** The job dashboard. A process that nobody looks at it through opens no queue for it. */
export class JobDashboard {
  readonly #backend: QueueBackend;
  readonly #adapter = new FastifyAdapter();
  readonly #board = createBullBoard({
    queues: [],
    serverAdapter: this.#adapter,
    options: { uiConfig: { boardTitle: 'Tributary' } },
  });
  #queues: Promise<Map<QueueName, Queue<JobData>>> | undefined;

  constructor(backend: QueueBackend) {
    this.#backend = backend;
  }

  /** Mounts the dashboard's routes. The caller guards them, and calls `open` before each. */
  async mount(scope: FastifyInstance, path: string): Promise<void> {
    this.#adapter.setBasePath(path);
    await scope.register(this.#adapter.registerPlugin(), { prefix: path });
    // The page asks for fonts of another host; it is as good without.
    scope.addHook('onSend', async (_request, _reply, payload) =>
      typeof payload === 'string' ? payload.replace(OTHER_HOSTS, '') : payload,
    );
  }

  async open(): Promise<void> {
    this.#queues ??= openQueues(this.#backend).then((queues) => {
      for (const queue of queues.values()) this.#board.addQueue(new BullMQAdapter(queue as unknown as Queue));
      return queues;
    });
    await this.#queues;
  }

  async close(): Promise<void> {
    if (this.#queues) await closeQueues(await this.#queues);
  }
}
