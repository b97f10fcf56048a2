import type { Queue } from 'bullmq';
import type { JobName, JobPayloads } from '../src/outbox/index.ts';
import type { Logger } from '../src/platform/logger.ts';
import type { Services } from '../src/services.ts';
import { idFromName } from '../src/shared/ids.ts';
import { monthOf, previousMonth } from '../src/shared/month.ts';
import { type JobData, jobOptions } from './queues.ts';

/** One job of any name with the payload that goes with it. */
export type WantedJob = { [Name in JobName]: { readonly job: Name; readonly payload: JobPayloads[Name] } }[JobName];

export interface Recurrence {
  /** When, as a cron pattern in UTC. */
  readonly pattern: string;
  /** The jobs that are due. @param at the instant of the pattern, however late it is by now */
  due(at: Date, services: Services): Promise<readonly WantedJob[]>;
}

/** What happens by itself, by name. */
export const recurrences: Readonly<Record<string, Recurrence>> = {
  // One a day compares everything with everything; the others go on from it.
  'recompute-similarity': {
    pattern: '20 * * * *',
    due: async (at) => [{ job: 'recompute-similarity', payload: { runId: idFromName('training', at.toISOString()) } }],
  },
  // After the similarity model, whose likeness the ranker weighs.
  'train-ranker': {
    pattern: '20 3 * * *',
    due: async (at) => [
      { job: 'train-ranker', payload: { runId: idFromName('training of the ranker', at.toISOString()) } },
    ],
  },
  // Posting asks for it by itself: this finds what a lost job left.
  'seal-ledger': {
    pattern: '*/15 * * * *',
    due: async () => [{ job: 'seal-ledger', payload: {} }],
  },
  'verify-ledger': {
    pattern: '10 5 * * *',
    due: async (at) => [
      {
        job: 'verify-ledger',
        payload: {
          verificationId: idFromName('ledger-verification', at.toISOString()),
          requestedBy: 'system:schedule',
        },
      },
    ],
  },
  'expire-holds': {
    pattern: '*/5 * * * *',
    due: async (_at, { ledger }) =>
      (await ledger.findDueHolds()).map((holdId): WantedJob => ({ job: 'expire-hold', payload: { holdId } })),
  },
  // A sale without a contract in force is given up: this tries again what could be settled by now.
  'settle-what-waits': {
    pattern: '50 * * * *',
    due: async (_at, { allocations }) => {
      const { orderIds, refundIds, chargebackIds } = await allocations.findUnsettled();
      return [
        ...orderIds.map((orderId): WantedJob => ({ job: 'settle-sale', payload: { orderId } })),
        ...refundIds.map((refundId): WantedJob => ({ job: 'settle-refund', payload: { refundId } })),
        ...chargebackIds.map((chargebackId): WantedJob => ({ job: 'settle-chargeback', payload: { chargebackId } })),
      ];
    },
  },
  // Sales are split by the dates of a contract: this gives it the state that goes with them.
  'advance-contracts': {
    pattern: '5 * * * *',
    due: async (at, { contractLifecycle }) =>
      (await contractLifecycle.findDue(at)).map(
        (contractId): WantedJob => ({ job: 'advance-contract', payload: { contractId } }),
      ),
  },
  'expire-orders': {
    pattern: '*/10 * * * *',
    due: async (_at, { orderCancellation }) =>
      (await orderCancellation.findDue()).map((orderId): WantedJob => ({ job: 'expire-order', payload: { orderId } })),
  },
  'close-period': {
    pattern: '0 4 3 * *',
    due: async (at) => [{ job: 'close-period', payload: { period: previousMonth(monthOf(at, 'UTC')) } }],
  },
  // Events ask for it by themselves: this finds what two of them, written at the same moment, could not see of each other.
  'work-out-campaigns': {
    pattern: '25 * * * *',
    due: async (_at, services) =>
      (await services.campaigns.listOpenIds()).flatMap((campaignId): WantedJob[] => [
        { job: 'refresh-campaign-metrics', payload: { campaignId } },
        { job: 'attribute-campaign', payload: { campaignId } },
      ]),
  },
  // What it learns shares the conversions of the day anew.
  'learn-removal-effects': {
    pattern: '40 2 * * *',
    due: async () => [{ job: 'learn-removal-effects', payload: {} }],
  },
  // Publishing and importing ask for it: this finds what a lost job left.
  'index-contents': {
    pattern: '35 * * * *',
    due: async () => [{ job: 'index-contents', payload: {} }],
  },
  'prune-feeds': {
    pattern: '45 3 * * *',
    due: async () => [{ job: 'prune-feeds', payload: {} }],
  },
  'prune-outbox': {
    pattern: '40 3 * * *',
    due: async () => [{ job: 'prune-outbox', payload: {} }],
  },
};

const WATCH_EVERY_MS = 60_000;

/**
 * Keeps the recurrences in the queue's store. Every process may: there is one of each. A store that was emptied gets
 * them again.
 */
export class ScheduleKeeper {
  readonly #queue: Queue<JobData>;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(queue: Queue<JobData>, logger: Logger) {
    this.#queue = queue;
    this.#logger = logger;
  }

  async start(): Promise<void> {
    await this.#keep();
    this.#timer = setInterval(() => {
      this.#running = this.#keepMissing();
    }, WATCH_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #keepMissing(): Promise<void> {
    try {
      const kept = await this.#queue.getJobSchedulersCount();
      if (kept < Object.keys(recurrences).length) await this.#keep();
    } catch (error) {
      this.#logger.warn({ err: error }, 'the schedule could not be looked at; it is tried again');
    }
  }

  async #keep(): Promise<void> {
    const template = { data: { payload: {} }, opts: { ...jobOptions, removeOnFail: { count: 100 } } };
    for (const [name, { pattern }] of Object.entries(recurrences)) {
      await this.#queue.upsertJobScheduler(name, { pattern, tz: 'UTC' }, { ...template, name });
    }
  }
}
