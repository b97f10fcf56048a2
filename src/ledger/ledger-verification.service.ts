import type { OutboxService } from '../outbox/index.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requireRole } from '../shared/actor.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { LedgerAudit } from './ledger-audit.ts';
import { type LedgerVerification, type VerificationOptions, verifyLedger } from './ledger-verification.ts';
import { findVerificationPage, insertVerification, type VerificationRow } from './verification.queries.ts';

interface Collaborators {
  readonly outbox: OutboxService;
  /** What other domains have checked with the books. */
  readonly audits: readonly LedgerAudit[];
}

/** Looks whether the books are what was posted. All of it is for finance staff and admins. */
export class LedgerVerificationService {
  readonly #platform: Platform;
  readonly #with: Collaborators;

  constructor(platform: Platform, collaborators: Collaborators) {
    this.#platform = platform;
    this.#with = collaborators;
  }

  /**
   * Recomputes everything that the books promise, from the rows alone.
   *
   * @throws UnauthenticatedError, ForbiddenError
   */
  async verify(actor: Actor, options: Omit<VerificationOptions, 'audits'> = {}): Promise<LedgerVerification> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return verifyLedger(this.#platform.database, { ...options, audits: this.#with.audits });
  }

  /**
   * Asks a job to do it, for books that are too large to wait for.
   *
   * @returns id of the job
   * @throws UnauthenticatedError, ForbiddenError
   */
  async start(actor: Actor): Promise<string> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const id = this.#platform.ids.next();
    const payload = { verificationId: id, requestedBy: actorName(actor) };
    return this.#platform.database.transaction(async (em) =>
      this.#with.outbox.enqueue(em, { id, job: 'verify-ledger', payload, requestedBy: actor }),
    );
  }

  /**
   * Does what was asked for and keeps the result. Done a second time it keeps that of the first.
   *
   * @throws UnauthenticatedError, ForbiddenError
   */
  async run(
    actor: Actor,
    { id, requestedBy }: { id: string; requestedBy: string },
    options: Omit<VerificationOptions, 'audits'> = {},
  ): Promise<LedgerVerification> {
    const { clock, database } = this.#platform;
    const startedAt = clock.now();
    const result = await this.verify(actor, options);
    const kept = { id, requestedBy, startedAt, finishedAt: clock.now(), result };
    await database.transaction((em) => insertVerification(em, kept));
    return result;
  }

  /** What was found, latest first. @throws UnauthenticatedError, ForbiddenError, InvalidInputError */
  async list(actor: Actor, page: PageRequest): Promise<Page<VerificationRow>> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return findVerificationPage(this.#platform.database, page);
  }
}
