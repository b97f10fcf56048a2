import { setTimeout as sleep } from 'node:timers/promises';
import type { OutboxService } from '../outbox/index.ts';
import type { Platform } from '../platform/platform.ts';
import { findLinkByCode } from './campaign-link.queries.ts';
import { dropReasonOf, type LinkRequest, takesClicks } from './link-click.filter.ts';
import { type LinkHit, storeHits } from './link-clicks.store.ts';
import { isAllowedTarget } from './link-target.ts';
import { isVisitorId, VisitorIds } from './visitor-ids.ts';

/** Somebody at a link. */
export interface LinkVisitor extends LinkRequest {
  /** What their cookie holds; null without one. */
  readonly cookie: string | null;
  readonly address: string;
}

/** Where somebody is led. */
export interface LinkAnswer {
  readonly destination: string;
  /** To be kept in a cookie; null when there is nothing new to keep. */
  readonly newVisitorId: string | null;
}

const CODE = /^[0-9A-Za-z]{10}$/;
/** Kept by one statement. */
const MOST_AT_ONCE = 500;
/** A batch that fails is tried again so often, after so long. */
const TRIES = { most: 3, pauseMs: 100 };
/** Nobody is held up longer by a database that does not keep up: the click is kept behind their back. */
const LONGEST_WAIT_MS = 500;
/** More than these wait for a database that does not keep up: further ones are lost, and the log says how many. */
const MOST_WAITING = 20_000;

/** A request with what is called once it is kept, or lost. */
interface WaitingHit {
  readonly hit: LinkHit;
  readonly settle: () => void;
}

/**
 * Leads people on once their click is kept: those who come at the same time share a statement. Nothing of it fails them,
 * or holds them up for long.
 */
export class LinkVisitService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;
  readonly #visitors: VisitorIds;
  #waiting: WaitingHit[] = [];
  #lost = 0;
  #keeping: Promise<void> | null = null;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
    this.#visitors = new VisitorIds(platform.config.paymentWebhookSecret);
  }

  /**
   * Where a code leads, after one look into the database. A campaign that has not begun or is over leads on and counts
   * nothing; so do requests that are no clicks (`dropReasonOf`), which get no pseudonym either.
   *
   * @returns null for a code that is unknown or expired, or whose host is no longer allowed
   */
  async open(code: string, visitor: LinkVisitor): Promise<LinkAnswer | null> {
    const { database, clock, config } = this.#platform;
    const at = clock.now();
    const link = CODE.test(code) ? await findLinkByCode(database, code) : null;
    if (!link || (link.expiresAt && link.expiresAt <= at)) return null;
    const { id: linkId, destination } = link;
    if (!isAllowedTarget(destination, config.linkHosts)) return null;
    const { cookie, address, userAgent } = visitor;
    const known = cookie !== null && isVisitorId(cookie) ? cookie : null;
    const visitorId = known ?? this.#visitors.first({ code, address, userAgent: userAgent ?? '', at });
    const reason = dropReasonOf(visitor) ?? (takesClicks(link, at) ? null : 'NOT_RUNNING');
    const kept = this.#keep({ id: this.#platform.ids.next(), linkId, visitorId, at, reason });
    // What is no click is counted for those who run the campaign, and need not be.
    if (reason === null) {
      const patience = new AbortController();
      await Promise.race([kept, sleep(LONGEST_WAIT_MS, undefined, { signal: patience.signal, ref: false })]);
      patience.abort();
    }
    return { destination, newVisitorId: known === null && reason === null ? visitorId : null };
  }

  /** Waits until everything that was seen so far is kept, or lost. */
  async settle(): Promise<void> {
    while (this.#keeping) await this.#keeping;
  }

  #keep(hit: LinkHit): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push({ hit, settle: resolve });
    else {
      this.#lost += 1;
      resolve();
    }
    this.#keeping ??= this.#keepAll().finally(() => {
      this.#keeping = null;
    });
    return promise;
  }

  /** One batch after the other over one connection: those that come meanwhile are the next batch. */
  async #keepAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_AT_ONCE);
      await this.#store(batch.map(({ hit }) => hit));
      for (const { settle } of batch) settle();
      if (this.#lost > 0) this.#platform.logger.error({ requests: this.#lost }, 'too many requests of links to keep');
      this.#lost = 0;
    }
  }

  async #store(hits: readonly LinkHit[]): Promise<void> {
    for (let tried = 1; ; tried++) {
      try {
        return await storeHits(this.#platform, this.#outbox, hits);
      } catch (error) {
        const { logger } = this.#platform;
        if (tried === TRIES.most) {
          logger.error({ err: error, requests: hits.length }, 'requests of links were not kept');
          return;
        }
        logger.warn({ err: error, requests: hits.length }, 'requests of links are tried again');
        await sleep(TRIES.pauseMs);
      }
    }
  }
}
