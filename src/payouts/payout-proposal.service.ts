import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { chartOfAccounts, InsufficientFundsError, type LedgerService } from '../ledger/index.ts';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requireRole } from '../shared/actor.ts';
import { IdempotencyConflictError, InvalidInputError } from '../shared/domain-error.ts';
import { requireIdempotencyKey } from '../shared/input.ts';
import { invariant } from '../shared/invariant.ts';
import { requireNoOwnPayout } from './own-payout.ts';
import { NothingToPayError } from './payout.errors.ts';
import { type PayoutBatchRow, toBatchRow } from './payout.queries.ts';
import { PayoutBatch } from './payout-batch.entity.ts';
import { requirePayoutCurrency } from './payout-currency.ts';
import { outrunBy, type PlannedExclusion, type PlannedPayout, planLocked } from './payout-plan.ts';
import { recordBatchStep, recordPayoutSteps } from './payout-steps.ts';

export interface CreatePayoutBatchInput {
  readonly currency: string;
  /** Not in the future. What became available later is left for the next batch. */
  readonly cutOffAt: Date;
  /** One for each batch that is wanted; the same again for the same batch. */
  readonly idempotencyKey: string;
}

interface Proposal {
  readonly actor: Actor;
  readonly currency: string;
  readonly cutOffAt: Date;
  readonly idempotencyKey: string;
  readonly inputHash: string;
}

/** A payout whose money is set aside. */
type HeldPayout = PlannedPayout & { readonly id: string; readonly holdId: string };

/** Proposes what to pay out, and keeps the money for it. */
export class PayoutProposalService {
  readonly #platform: Platform;
  readonly #ledger: LedgerService;

  constructor(platform: Platform, ledger: LedgerService) {
    this.#platform = platform;
    this.#ledger = ledger;
  }

  /**
   * Proposes a payout to everybody who can be paid in a currency. Each one holds its money on the partner's account, so
   * that no other batch takes the same. Proposals are made one after the other.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   * @throws InvalidInputError for a currency that no bank account is kept in, and a cut-off in the future
   * @throws IdempotencyConflictError when the actor used the key before with another input
   * @throws NothingToPayError when nobody can be paid; nothing is kept of the proposal then
   * @throws OwnPayoutError when the actor belongs to a partner that would be paid; nothing is kept then either
   */
  async create(actor: Actor, input: CreatePayoutBatchInput): Promise<PayoutBatchRow> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const proposal = this.#check(actor, input);
    const { inputHash, idempotencyKey } = proposal;
    return this.#platform.database.transaction(async (em) => {
      await sql`select pg_advisory_xact_lock(hashtext('propose-payouts'))`.execute(rowsOf(em));
      const earlier = await em.findOne(PayoutBatch, { createdBy: actorName(actor), idempotencyKey });
      if (earlier && earlier.inputHash !== inputHash) throw new IdempotencyConflictError(idempotencyKey);
      return earlier ? toBatchRow(earlier) : this.#propose(em, proposal);
    });
  }

  #check(actor: Actor, input: CreatePayoutBatchInput): Proposal {
    const { cutOffAt } = input;
    const currency = requirePayoutCurrency(input.currency);
    const idempotencyKey = requireIdempotencyKey(input.idempotencyKey);
    if (cutOffAt > this.#platform.clock.now()) {
      throw new InvalidInputError(
        'cutOffAt',
        'Nobody knows yet what will be available then: the cut-off lies in the past.',
      );
    }
    const content = JSON.stringify([currency, cutOffAt.toISOString()]);
    const inputHash = createHash('sha256').update(content).digest('hex');
    return { actor, currency, cutOffAt, idempotencyKey, inputHash };
  }

  async #propose(em: EntityManager, proposal: Proposal): Promise<PayoutBatchRow> {
    const { currency, cutOffAt } = proposal;
    const at = this.#platform.clock.now();
    const plan = await planLocked(em, { currency, cutOffAt, at });
    const partnerIds = plan.payouts.map(({ partnerId }) => partnerId);
    await requireNoOwnPayout(em, proposal.actor, partnerIds);
    const { payouts, outrun } = await this.#holdAll(em, plan.payouts, proposal);
    if (payouts.length === 0) throw new NothingToPayError(currency);
    const batch = await this.#insertBatch(em, payouts, { proposal, at });
    await this.#insertPayouts(em, payouts, { batch, actor: proposal.actor });
    await insertExclusions(em, batch.id, [...plan.exclusions, ...outrun]);
    return batch;
  }

  /** The lock of a plan stops other promises, no refund: one that takes the balance itself is met here. */
  async #holdAll(em: EntityManager, planned: readonly PlannedPayout[], { currency, actor }: Proposal) {
    const payouts: HeldPayout[] = [];
    const outrun: PlannedExclusion[] = [];
    for (const payout of planned) {
      const id = this.#platform.ids.next();
      const holdId = await this.#hold(em, { id, payout, currency, actor });
      if (holdId !== null) payouts.push({ ...payout, id, holdId });
      else outrun.push(outrunBy(payout));
    }
    return { payouts, outrun };
  }

  async #hold(
    em: EntityManager,
    { id, payout, currency, actor }: { id: string; payout: PlannedPayout; currency: string; actor: Actor },
  ): Promise<string | null> {
    const { partnerId, amountMinor } = payout;
    const named = { idempotencyKey: `payout:${id}`, reference: `payout:${id}`, expiresAt: null, by: actor };
    const account = chartOfAccounts.partnerPayable(partnerId);
    try {
      return (await this.#ledger.hold(em, { ...named, account, currency, amountMinor })).holdId;
    } catch (error) {
      if (error instanceof InsufficientFundsError) return null;
      throw error;
    }
  }

  async #insertBatch(
    em: EntityManager,
    payouts: readonly HeldPayout[],
    { proposal, at }: { proposal: Proposal; at: Date },
  ): Promise<PayoutBatchRow> {
    const { actor, currency, cutOffAt, idempotencyKey, inputHash } = proposal;
    const batch: PayoutBatchRow = {
      id: this.#platform.ids.next(),
      currency,
      cutOffAt,
      state: 'DRAFT',
      payoutCount: payouts.length,
      totalMinor: payouts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
      createdBy: actorName(actor),
      createdAt: at,
      fileSha256: null,
    };
    em.create(PayoutBatch, { ...batch, idempotencyKey, inputHash }, { persist: true });
    await em.flush();
    const step = { batchId: batch.id, from: null, to: 'DRAFT', actor, reason: 'Proposed.' } as const;
    await recordBatchStep(em, this.#platform, step);
    return batch;
  }

  async #insertPayouts(
    em: EntityManager,
    payouts: readonly HeldPayout[],
    { batch, actor }: { batch: PayoutBatchRow; actor: Actor },
  ): Promise<void> {
    const { id: batchId, currency, createdAt } = batch;
    const rows = payouts.map(({ id, partnerId, amountMinor, detailsId, holdId }) => ({
      id,
      batch_id: batchId,
      partner_id: partnerId,
      currency,
      amount_minor: amountMinor,
      details_id: detailsId,
      hold_id: holdId,
      state: 'PENDING',
      created_at: createdAt,
    }));
    invariant((await bulkInsert(em, 'payouts', rows)) === rows.length, 'every payout is new');
    const payoutIds = payouts.map(({ id }) => id);
    await recordPayoutSteps(em, this.#platform, { payoutIds, from: null, to: 'PENDING', actor, reason: 'Proposed.' });
  }
}

async function insertExclusions(
  em: EntityManager,
  batchId: string,
  exclusions: readonly PlannedExclusion[],
): Promise<void> {
  const rows = exclusions.map(({ partnerId, reason, explanation, payableMinor }) => {
    return { batch_id: batchId, partner_id: partnerId, reason, explanation, payable_minor: payableMinor };
  });
  await bulkInsert(em, 'payout_exclusions', rows);
}
