import { LockMode } from '@mikro-orm/core';
import { sql } from 'kysely';
import type { LedgerService } from '../ledger/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, hasRole, requireRole } from '../shared/actor.ts';
import { currencyExponent } from '../shared/currency.ts';
import { DomainError, ForbiddenError, IdempotencyConflictError, InvalidInputError } from '../shared/domain-error.ts';
import { requireIdempotencyKey, requireText } from '../shared/input.ts';
import { present } from '../shared/invariant.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { ExceptionDesk } from './exception-desk.ts';
import { differenceOf } from './exception-entry.ts';
import {
  type ExceptionFilter,
  type ExceptionRow,
  findExceptionPage,
  findExceptionsByIds,
} from './reconciliation.queries.ts';
import { ReconciliationException } from './reconciliation-exception.entity.ts';
import { ReconciliationExceptionStep } from './reconciliation-exception-step.entity.ts';

export interface ExceptionStepInput {
  readonly exceptionId: string;
  readonly reason: string;
}

export interface ResolutionInput extends ExceptionStepInput {
  /** What the file says more than our books, in minor units; the exception's own difference when absent. */
  readonly amountMinor?: bigint | null | undefined;
  /** Needed only when the exception has none. */
  readonly currency?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** What became of one of many. */
export interface ResolutionAnswer {
  readonly exceptionId: string;
  readonly exception: ExceptionRow | null;
  readonly failure: DomainError | null;
}

/** The most exceptions that are resolved at once. */
export const MAX_RESOLUTIONS = 500;
const MAX_REASON = 500;
const MAX_MINOR = 10n ** 15n;

/** Clears up where settlement files and our books differ. Finance staff and admins alone. */
export class ReconciliationExceptionService {
  readonly #platform: Platform;
  readonly #desk: ExceptionDesk;

  constructor(platform: Platform, ledger: LedgerService) {
    this.#platform = platform;
    this.#desk = new ExceptionDesk(platform, ledger);
  }

  /** Null when there is none, or the actor is no finance staff. */
  async find(actor: Actor, id: string): Promise<ExceptionRow | null> {
    if (!hasRole(actor, 'FINANCE', 'ADMIN')) return null;
    const [exception = null] = await findExceptionsByIds(this.#platform.database, [id]);
    return exception;
  }

  /**
   * Exceptions in the order in which they were raised.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   */
  async list(actor: Actor, request: { filter: ExceptionFilter; page: PageRequest }): Promise<Page<ExceptionRow>> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return findExceptionPage(this.#platform.database, request);
  }

  /**
   * Gives an exception to somebody of the finance staff, or to nobody again.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin, and without such an
   *   exception
   * @throws InvalidInputError when the assignee is no finance staff
   * @throws IllegalTransitionError when it is cleared up already
   */
  async assign(actor: Actor, input: ExceptionStepInput & { assigneeId: string | null }): Promise<ExceptionRow> {
    const { assigneeId } = input;
    return this.#step(actor, input, async (em, exception, reason) => {
      if (assigneeId !== null) await requireStaff(em, assigneeId);
      await this.#desk.move(em, exception, { to: assigneeId === null ? 'OPEN' : 'ASSIGNED', actor, reason });
      exception.assigneeId = assigneeId;
    });
  }

  /**
   * Leaves it as it is, for a reason.
   *
   * @throws UnauthenticatedError, ForbiddenError, InvalidInputError, IllegalTransitionError as `assign`
   */
  async accept(actor: Actor, input: ExceptionStepInput): Promise<ExceptionRow> {
    return this.#step(actor, input, (em, exception, reason) =>
      this.#desk.move(em, exception, { to: 'ACCEPTED', actor, reason }),
    );
  }

  /**
   * Opens it again; what was posted for it is posted back.
   *
   * @throws UnauthenticatedError, ForbiddenError, InvalidInputError, IllegalTransitionError as `assign`
   */
  async reopen(actor: Actor, input: ExceptionStepInput): Promise<ExceptionRow> {
    return this.#step(actor, input, async (em, exception, reason) => {
      await this.#desk.move(em, exception, { to: 'OPEN', actor, reason });
      exception.assigneeId = null;
    });
  }

  /**
   * Posts what makes our books agree with the file, at the platform's cost or to its gain.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin, and without such an
   *   exception
   * @throws InvalidInputError also when no amount is given and the exception is about none
   * @throws IdempotencyConflictError when the actor used the key before with another input
   * @throws IllegalTransitionError when it is cleared up already
   */
  async resolve(actor: Actor, input: ResolutionInput): Promise<ExceptionRow> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return this.#resolve(actor, { ...input, idempotencyKey: requireIdempotencyKey(input.idempotencyKey) });
  }

  /**
   * Resolves many by their own differences, each in a transaction of its own: a wrong one keeps none of the others
   * back, and the same call again goes on where it was cut off.
   *
   * @returns one answer an exception, in their order
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   * @throws InvalidInputError unless there are from 1 to 500, each once
   */
  async resolveAll(
    actor: Actor,
    input: { exceptionIds: readonly string[]; reason: string; idempotencyKey: string },
  ): Promise<ResolutionAnswer[]> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const { exceptionIds, reason } = input;
    const key = requireIdempotencyKey(input.idempotencyKey);
    const isBounded = exceptionIds.length >= 1 && exceptionIds.length <= MAX_RESOLUTIONS;
    if (!isBounded || new Set(exceptionIds).size < exceptionIds.length) {
      throw new InvalidInputError('exceptionIds', `From 1 to ${MAX_RESOLUTIONS} are resolved at once, each once.`);
    }
    const answers: ResolutionAnswer[] = [];
    for (const exceptionId of exceptionIds) {
      try {
        const resolution = { exceptionId, reason, idempotencyKey: `${key}/${exceptionId}` };
        answers.push({ exceptionId, exception: await this.#resolve(actor, resolution), failure: null });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        answers.push({ exceptionId, exception: null, failure: error });
      }
    }
    return answers;
  }

  async #resolve(actor: Actor, input: ResolutionInput): Promise<ExceptionRow> {
    const idempotencyKey = `${actorName(actor)} ${input.idempotencyKey}`;
    const lock = sql`select pg_advisory_xact_lock(hashtext(${`resolve ${idempotencyKey}`}))`;
    return this.#step(
      actor,
      input,
      async (em, exception, reason) => {
        const due = dueOf(exception, input);
        const earlier = await em.findOne(ReconciliationExceptionStep, { idempotencyKey });
        if (earlier) return requireSame(earlier, { input, reason, amountMinor: due?.amountMinor ?? null });
        const { amountMinor, currency } = requireDue(due);
        await this.#desk.resolve(em, exception, { actor, reason, amountMinor, currency, idempotencyKey });
      },
      (em) => lock.execute(rowsOf(em)),
    );
  }

  /** Of two who take the same step at once, the second one meets the exception as the first one left it. */
  async #step(
    actor: Actor,
    input: ExceptionStepInput,
    work: (em: EntityManager, exception: ReconciliationException, reason: string) => Promise<void>,
    before: (em: EntityManager) => Promise<unknown> = async () => undefined,
  ): Promise<ExceptionRow> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const reason = requireText('reason', input.reason, { maxLength: MAX_REASON, multiline: true });
    const { exceptionId: id } = input;
    await this.#platform.database.transaction(async (em) => {
      await before(em);
      const lockMode = LockMode.PESSIMISTIC_WRITE;
      const exception = await em.findOne(ReconciliationException, { id }, { lockMode });
      if (!exception) throw new ForbiddenError();
      await work(em, exception, reason);
    });
    const [row] = await findExceptionsByIds(this.#platform.database, [id]);
    return present(row, 'an exception');
  }
}

interface Due {
  readonly amountMinor: bigint;
  readonly currency: string | null;
}

/** What is to be posted; null when neither the clerk nor the exception says. */
function dueOf(exception: ReconciliationException, { amountMinor, currency }: ResolutionInput): Due | null {
  const due = amountMinor ?? differenceOf(exception);
  if (due === null) return null;
  if (currency && exception.currency && currency !== exception.currency) {
    throw new InvalidInputError('currency', `The exception is one in ${exception.currency}.`);
  }
  return { amountMinor: due, currency: exception.currency ?? currency ?? null };
}

/** @throws InvalidInputError */
function requireDue(due: Due | null): { amountMinor: bigint; currency: string } {
  if (due === null)
    throw new InvalidInputError('amountMinor', 'This exception is about no amount: give one, or accept it.');
  const { amountMinor, currency } = due;
  if (amountMinor === 0n) throw new InvalidInputError('amountMinor', 'There is nothing to post: accept it instead.');
  if (amountMinor > MAX_MINOR || amountMinor < -MAX_MINOR) {
    throw new InvalidInputError('amountMinor', `An amount has at most ${MAX_MINOR} minor units.`);
  }
  if (currency === null) throw new InvalidInputError('currency', 'This exception has no currency: give one.');
  currencyExponent(currency);
  return { amountMinor, currency };
}

/** @throws IdempotencyConflictError when the key was used for something else */
function requireSame(
  earlier: ReconciliationExceptionStep,
  { input, reason, amountMinor }: { input: ResolutionInput; reason: string; amountMinor: bigint | null },
): void {
  const { exceptionId, idempotencyKey } = input;
  const isSame =
    earlier.exceptionId === exceptionId && earlier.reason === reason && earlier.amountMinor === amountMinor;
  if (!isSame) throw new IdempotencyConflictError(idempotencyKey);
}

/** @throws InvalidInputError when the person cannot clear up exceptions */
async function requireStaff(em: EntityManager, userId: string): Promise<void> {
  const { rows } = await sql`
    select from users where id = ${userId} and roles && array['FINANCE', 'ADMIN']`.execute(rowsOf(em));
  if (rows.length === 0)
    throw new InvalidInputError('assigneeId', 'Exceptions are assigned to finance staff and admins.');
}
