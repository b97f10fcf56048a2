import { createHash } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import { sql } from 'kysely';
import type { LedgerService } from '../ledger/index.ts';
import type { PartnerAccountService } from '../partner-accounts/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requireRole } from '../shared/actor.ts';
import { DomainError, ForbiddenError, IdempotencyConflictError, InvalidInputError } from '../shared/domain-error.ts';
import { requireIdempotencyKey, requireText } from '../shared/input.ts';
import { present } from '../shared/invariant.ts';
import { monthOf } from '../shared/month.ts';
import { requireNoOwnPayout } from './own-payout.ts';
import { Payout } from './payout.entity.ts';
import { type PayoutRow, type PayoutTables, toPayoutRow } from './payout.queries.ts';
import type { PayoutOutcome, PayoutState } from './payout.state.ts';
import { PayoutBatch } from './payout-batch.entity.ts';
import { payoutEntry, payoutReturnEntry } from './payout-entry.ts';
import { MAX_PAYOUTS } from './payout-plan.ts';
import { PayoutStep } from './payout-step.entity.ts';
import { recordBatchStep, recordPayoutSteps } from './payout-steps.ts';
import { findPayoutTerms } from './payout-terms.queries.ts';

export interface PayoutResultInput {
  readonly payoutId: string;
  readonly outcome: PayoutOutcome;
  /** How the bank names it. Needed when it paid. */
  readonly reference?: string | null | undefined;
  /** Needed unless it paid. */
  readonly reason?: string | null | undefined;
  /** One for each answer of the bank; the same again for the same answer. */
  readonly idempotencyKey: string;
}

/** What became of one of many answers. */
export interface PayoutResultAnswer {
  readonly payoutId: string;
  readonly payout: PayoutRow | null;
  readonly failure: DomainError | null;
}

/** An answer of the bank whose form was checked. */
interface CheckedResult {
  readonly actor: Actor;
  readonly payoutId: string;
  readonly outcome: PayoutOutcome;
  readonly reference: string | null;
  readonly reason: string;
  readonly idempotencyKey: string;
  readonly inputHash: string;
}

interface Collaborators {
  readonly ledger: LedgerService;
  readonly partnerAccounts: PartnerAccountService;
}

/** What the bank answered, in the books. */
export class PayoutResultService {
  readonly #platform: Platform;
  readonly #with: Collaborators;

  constructor(platform: Platform, collaborators: Collaborators) {
    this.#platform = platform;
    this.#with = collaborators;
  }

  /**
   * Records the bank's answer. PAID settles the hold and posts the payment; RETURNED after that posts it back, and the
   * money is payable again; RETURNED and FAILED before give the hold back. The last answer completes the batch.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin, and without such a payout
   * @throws IdempotencyConflictError when the actor used the key before with another input
   * @throws OwnPayoutError when the actor belongs to the partner that is paid
   * @throws IllegalTransitionError when the payout is not where the answer leads on from; nothing is posted then
   * @throws InvalidInputError
   */
  async record(actor: Actor, input: PayoutResultInput): Promise<PayoutRow> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return this.#record(checkResult(actor, { ...input, idempotencyKey: requireIdempotencyKey(input.idempotencyKey) }));
  }

  /**
   * Records answers one by one, each in a transaction of its own: a wrong one keeps none of the others back, and the
   * same call again goes on where it was cut off.
   *
   * @param input `results`: from 1 to 1,000, each payout once
   * @returns one answer a result, in their order
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   * @throws InvalidInputError when nothing was recorded since the list itself is wrong
   */
  async recordAll(
    actor: Actor,
    input: { results: readonly Omit<PayoutResultInput, 'idempotencyKey'>[]; idempotencyKey: string },
  ): Promise<PayoutResultAnswer[]> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const key = requireIdempotencyKey(input.idempotencyKey);
    requireDistinct(input.results.map(({ payoutId }) => payoutId));
    const answers: PayoutResultAnswer[] = [];
    for (const result of input.results) {
      const { payoutId } = result;
      try {
        const checked = checkResult(actor, { ...result, idempotencyKey: `${key}/${payoutId}` });
        answers.push({ payoutId, payout: await this.#record(checked), failure: null });
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        answers.push({ payoutId, payout: null, failure: error });
      }
    }
    return answers;
  }

  async #record(result: CheckedResult): Promise<PayoutRow> {
    const { actor, payoutId, idempotencyKey, inputHash } = result;
    const by = actorName(actor);
    return this.#platform.database.transaction(async (em) => {
      await sql`select pg_advisory_xact_lock(hashtext(${`payout-result ${by} ${idempotencyKey}`}))`.execute(rowsOf(em));
      const batch = await lockBatchOf(em, payoutId);
      const payout = await em.findOneOrFail(Payout, { id: payoutId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      await requireNoOwnPayout(em, actor, [payout.partnerId]);
      const earlier = await em.findOne(PayoutStep, { by, idempotencyKey });
      if (earlier && earlier.inputHash !== inputHash) throw new IdempotencyConflictError(idempotencyKey);
      if (earlier) return toPayoutRow(payout);
      const from = payout.state;
      payout.moveTo(result.outcome);
      await em.flush();
      await this.#settle(em, payout, { from, result });
      const { outcome: to, reason, reference } = result;
      const answer = { reference, idempotencyKey, inputHash };
      await recordPayoutSteps(em, this.#platform, { payoutIds: [payoutId], from, to, actor, reason, answer });
      await this.#completeBatch(em, batch, actor);
      return toPayoutRow(payout);
    });
  }

  /** The books follow: the hold ends before anything is posted, so that the same money is never counted twice. */
  async #settle(
    em: EntityManager,
    payout: Payout,
    { from, result }: { from: PayoutState; result: CheckedResult },
  ): Promise<void> {
    const { ledger, partnerAccounts } = this.#with;
    const { actor, reason, reference, outcome } = result;
    if (outcome === 'PAID') {
      await ledger.postHold(em, payout.holdId, { by: actor, reason });
      await partnerAccounts.post(em, [payoutEntry(payout, { reference, ...(await this.#when(em, payout)) })]);
    } else if (from === 'PAID') {
      await partnerAccounts.post(em, [payoutReturnEntry(payout, { reason, ...(await this.#when(em, payout)) })]);
    } else {
      await ledger.voidHold(em, payout.holdId, { by: actor, reason });
    }
  }

  /** Now, and the month in which it counts for the partner. */
  async #when(em: EntityManager, { partnerId, currency }: Payout) {
    const at = this.#platform.clock.now();
    const terms = await findPayoutTerms(rowsOf<object>(em), { partnerIds: [partnerId], currency, at });
    const { timeZone } = present(terms.get(partnerId), 'the partner of a payout');
    return { at, period: monthOf(at, timeZone) };
  }

  async #completeBatch(em: EntityManager, batch: PayoutBatch, actor: Actor): Promise<void> {
    if (batch.state !== 'SENT') return;
    const open = await rowsOf<PayoutTables>(em)
      .selectFrom('payouts')
      .select('id')
      .where('batch_id', '=', batch.id)
      .where('state', '=', 'SENT')
      .limit(1)
      .executeTakeFirst();
    if (open) return;
    batch.moveTo('COMPLETED');
    const reason = 'The bank has answered for every payout.';
    const step = { batchId: batch.id, from: 'SENT', to: 'COMPLETED', actor, reason } as const;
    await recordBatchStep(em, this.#platform, step);
  }
}

/** Whoever changes a payout holds its batch first. @throws ForbiddenError without such a payout */
async function lockBatchOf(em: EntityManager, payoutId: string): Promise<PayoutBatch> {
  const place = await rowsOf<PayoutTables>(em)
    .selectFrom('payouts')
    .select('batch_id as batchId')
    .where('id', '=', payoutId)
    .executeTakeFirst();
  if (!place) throw new ForbiddenError();
  return em.findOneOrFail(PayoutBatch, { id: place.batchId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

function checkResult(actor: Actor, input: PayoutResultInput): CheckedResult {
  const { payoutId, outcome, idempotencyKey } = input;
  const isPaid = outcome === 'PAID';
  const reference =
    isPaid || input.reference ? requireText('reference', input.reference ?? '', { maxLength: 140 }) : null;
  const reason =
    isPaid && !input.reason
      ? 'The bank paid.'
      : requireText('reason', input.reason ?? '', { maxLength: 500, multiline: true });
  const content = JSON.stringify([payoutId, outcome, reference, reason]);
  const inputHash = createHash('sha256').update(content).digest('hex');
  return { actor, payoutId, outcome, reference, reason, idempotencyKey, inputHash };
}

function requireDistinct(payoutIds: readonly string[]): void {
  if (payoutIds.length < 1 || payoutIds.length > MAX_PAYOUTS) {
    throw new InvalidInputError('results', `From 1 to ${MAX_PAYOUTS} answers are recorded at once.`);
  }
  const seen = new Set<string>();
  for (const [at, id] of payoutIds.entries()) {
    if (seen.has(id)) throw new InvalidInputError(`results.${at}.payoutId`, 'Each payout has one answer in a call.');
    seen.add(id);
  }
}
