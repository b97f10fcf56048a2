import { sql } from 'kysely';
import type { LedgerService } from '../ledger/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName } from '../shared/actor.ts';
import { present } from '../shared/invariant.ts';
import { resolutionOf } from './exception-entry.ts';
import type { ReconciliationException } from './reconciliation-exception.entity.ts';
import type { ExceptionState } from './reconciliation-exception.state.ts';
import { ReconciliationExceptionStep } from './reconciliation-exception-step.entity.ts';

export interface ExceptionStep {
  readonly to: ExceptionState;
  readonly actor: Actor;
  readonly reason: string;
  readonly idempotencyKey?: string;
}

/** Moves exceptions on, with who, when and why, and posts what goes with it. The caller holds the exception's lock. */
export class ExceptionDesk {
  readonly #platform: Platform;
  readonly #ledger: LedgerService;

  constructor(platform: Platform, ledger: LedgerService) {
    this.#platform = platform;
    this.#ledger = ledger;
  }

  /** @throws IllegalTransitionError when the lifecycle has no such step */
  async move(em: EntityManager, exception: ReconciliationException, step: ExceptionStep): Promise<void> {
    const from = exception.state;
    exception.moveTo(step.to);
    const posted = from === 'RESOLVED' ? await this.#undo(em, exception) : null;
    this.#record(em, exception, { ...step, from, posted });
  }

  /** @throws IllegalTransitionError when the lifecycle has no such step */
  async resolve(
    em: EntityManager,
    exception: ReconciliationException,
    { amountMinor, currency, ...step }: Omit<ExceptionStep, 'to'> & { amountMinor: bigint; currency: string },
  ): Promise<void> {
    const from = exception.state;
    exception.moveTo('RESOLVED');
    const stepId = this.#platform.ids.next();
    const transactionId = await this.#post(em, exception, { amountMinor, currency, stepId });
    exception.ledgerTransactionId = transactionId;
    const posted = { transactionId, amountMinor, currency };
    this.#record(em, exception, { ...step, to: 'RESOLVED', from, posted, stepId });
  }

  /** Posts the opposite of what the last resolution posted. */
  async #undo(em: EntityManager, exception: ReconciliationException): Promise<Posted> {
    const { rows } = await sql<{ accountCode: string; kind: 'ASSET'; amountMinor: bigint; currency: string }>`
      select account.code as "accountCode", account.kind, posting.amount_minor as "amountMinor", posting.currency
      from ledger_postings posting join ledger_accounts account on account.id = posting.account_id
      where posting.transaction_id = ${exception.ledgerTransactionId} order by posting.position`.execute(rowsOf(em));
    const reference = `reconciliation-exception:${exception.id}`;
    const [answer] = await this.#ledger.post(em, [
      {
        idempotencyKey: `${reference}/undo/${exception.ledgerTransactionId}`,
        kind: 'RECONCILIATION_REVERSAL',
        reference,
        effectiveAt: this.#platform.clock.now(),
        postings: rows.map(({ accountCode: code, kind, amountMinor, currency }) => ({
          account: { code, kind },
          amountMinor: -amountMinor,
          currency,
          reference,
        })),
      },
    ]);
    exception.ledgerTransactionId = null;
    return { transactionId: present(answer, 'the reversing entry').transactionId, amountMinor: null };
  }

  async #post(
    em: EntityManager,
    exception: ReconciliationException,
    { amountMinor, currency, stepId }: { amountMinor: bigint; currency: string; stepId: string },
  ): Promise<string> {
    const provider = await providerOf(em, exception.runId);
    const reference = `reconciliation-exception:${exception.id}`;
    const place = { provider, currency, reference, key: `${reference}/${stepId}`, at: this.#platform.clock.now() };
    const [answer] = await this.#ledger.post(em, [resolutionOf(exception, { ...place, amountMinor })]);
    return present(answer, 'the entry of a resolution').transactionId;
  }

  #record(
    em: EntityManager,
    { id: exceptionId }: ReconciliationException,
    step: ExceptionStep & { from: ExceptionState; posted: Posted | null; stepId?: string },
  ): void {
    const { ids, clock } = this.#platform;
    const { from: fromState, to: toState, actor, reason, posted, idempotencyKey = null } = step;
    const made = { by: actorName(actor), reason, at: clock.now(), idempotencyKey };
    const entry = { amountMinor: posted?.amountMinor ?? null, ledgerTransactionId: posted?.transactionId ?? null };
    const id = step.stepId ?? ids.next();
    em.create(
      ReconciliationExceptionStep,
      { id, exceptionId, fromState, toState, ...made, ...entry },
      { persist: true },
    );
  }
}

interface Posted {
  readonly transactionId: string;
  /** Null for what undoes another entry. */
  readonly amountMinor: bigint | null;
}

async function providerOf(em: EntityManager, runId: string): Promise<string> {
  const { rows } = await sql<{ provider: string }>`
    select provider from reconciliation_runs where id = ${runId}`.execute(rowsOf(em));
  return present(rows[0], 'the run of an exception').provider;
}
