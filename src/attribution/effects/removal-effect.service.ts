import type { OutboxService } from '../../outbox/index.ts';
import type { EntityManager } from '../../platform/database.ts';
import type { Platform } from '../../platform/platform.ts';
import { WorkerThreads } from '../../platform/worker-threads.ts';
import { type Actor, requireRole, system } from '../../shared/actor.ts';
import { InvalidInputError } from '../../shared/domain-error.ts';
import { present } from '../../shared/invariant.ts';
import type { Page, PageRequest } from '../../shared/page.ts';
import type * as worker from './effects.worker.ts';
import { type JourneyPaths, readJourneyPaths } from './journey-paths.reader.ts';
import {
  type EffectVersionRow,
  effectsDigest,
  findCurrentVersion,
  findTouchingCampaigns,
  findVersionPage,
  type PlayerEffect,
  saveVersion,
} from './removal-effects.store.ts';

/** Higher orders have hardly a journey for each state. */
export const MAX_MARKOV_ORDER = 4;
const FIRST_ORDER = 1;
const BILLION = 1_000_000_000;
const LOCK = 'removal effects';
const LEARNER = system('learn-removal-effects');

/** What the MARKOV model learns: once for all campaigns, so that their parts still sum to each conversion. */
export class RemovalEffectService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;
  readonly #threads = new WorkerThreads<typeof worker>(new URL('./effects.worker.ts', import.meta.url), {
    threadCount: 1,
  });

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
  }

  /**
   * Asks for a new version.
   *
   * @param order of the chain from now on, from 1 to 4; as before when null
   * @returns the id of the job
   * @throws UnauthenticatedError, ForbiddenError unless the actor is an admin
   * @throws InvalidInputError for an order out of bounds
   */
  async request(actor: Actor, { order }: { order: number | null }): Promise<string> {
    requireRole(actor, 'ADMIN');
    if (order !== null && !(Number.isInteger(order) && order >= 1 && order <= MAX_MARKOV_ORDER)) {
      throw new InvalidInputError('order', `"order" is a whole number from 1 to ${MAX_MARKOV_ORDER}.`);
    }
    const payload = order === null ? {} : { order };
    return this.#platform.database.transaction(async (em) =>
      this.#outbox.enqueue(em, { job: 'learn-removal-effects', payload, requestedBy: actor }),
    );
  }

  /** Versions, the newest first. @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin */
  async list(actor: Actor, request: PageRequest): Promise<Page<EffectVersionRow>> {
    requireRole(actor, 'ADMIN', 'FINANCE');
    return findVersionPage(this.#platform.database, request);
  }

  /**
   * Learns removal effects from the journeys of everybody and, unless they are what they were, keeps them as a new
   * version and asks for every campaign to be shared by it, in one transaction. Two at once wait for each other; whoever
   * dies leaves nothing, and done twice it is done once.
   *
   * @param order of the chain; that of the version before when absent
   */
  async learn({ order }: { order?: number } = {}): Promise<void> {
    const { database } = this.#platform;
    const client = await database.pool.connect();
    // Losing the lock is no reason to stop: versions are numbered uniquely, so of two one is kept.
    client.on('error', () => undefined);
    try {
      await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [LOCK]);
      const last = await findCurrentVersion(database.orm.em.fork());
      const markovOrder = order ?? last?.markovOrder ?? FIRST_ORDER;
      const journeys = await readJourneyPaths(database);
      const solved = await this.#threads.run('solve', { paths: journeys.paths, order: markovOrder });
      const effects = playerEffects(journeys, solved);
      const digest = effectsDigest(markovOrder, effects);
      if (last?.effectsDigest === digest) return;
      const version = {
        id: this.#platform.ids.next(),
        number: (last?.number ?? 0) + 1,
        markovOrder,
        convertedJourneys: BigInt(journeys.converted),
        lostJourneys: BigInt(journeys.lost),
        effectsDigest: digest,
        learntAt: this.#platform.clock.now(),
      };
      await database.transaction(async (em) => {
        await saveVersion(em, { version, effects });
        await this.#requestRuns(em);
      });
    } finally {
      client.release(true);
    }
  }

  async #requestRuns(em: EntityManager): Promise<void> {
    for (const campaignId of await findTouchingCampaigns(em)) {
      await this.#outbox.enqueueOnce(em, { job: 'attribute-campaign', payload: { campaignId }, requestedBy: LEARNER });
    }
  }
}

/** In billionths, above zero at least one, as kernels count them; in the order of the players' names. */
function playerEffects({ players, paths }: JourneyPaths, solved: Float64Array): PlayerEffect[] {
  return paths.channels.flatMap((name, at) => {
    const effect = solved[at] ?? 0;
    const { campaignId, partnerId, channel } = present(players.get(name), 'a player of a path');
    const effectBillionths = Math.max(1, Math.round(effect * BILLION));
    return effect > 0 ? [{ campaignId, partnerId, channel, effectBillionths }] : [];
  });
}
