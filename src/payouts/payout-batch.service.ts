import { LockMode } from '@mikro-orm/core';
import type { LedgerService } from '../ledger/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requireRole } from '../shared/actor.ts';
import { ForbiddenError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import { invariant, present } from '../shared/invariant.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { requireNoOwnPayout } from './own-payout.ts';
import { NoPayoutFileError, SamePersonError } from './payout.errors.ts';
import {
  BATCH_STAFF,
  findBatchesByIds,
  findBatchPage,
  type PayoutBatchRow,
  type PayoutTables,
  toBatchRow,
} from './payout.queries.ts';
import type { PayoutBatchState, PayoutState } from './payout.state.ts';
import { PayoutBatch } from './payout-batch.entity.ts';
import { PayoutBatchStep } from './payout-batch-step.entity.ts';
import { PayoutFile } from './payout-file.entity.ts';
import { findFileLines, sha256Of, writePayoutFile } from './payout-file.ts';
import { recordBatchStep, recordPayoutSteps } from './payout-steps.ts';
import { findPaidPartners, requireCovered, requireCurrent } from './stale-batch.ts';

export interface BatchStepInput {
  readonly batchId: string;
  readonly reason: string;
}

interface BatchMove extends BatchStepInput {
  readonly actor: Actor;
  readonly to: PayoutBatchState;
}

/** Batches from proposal to the bank. */
export class PayoutBatchService {
  readonly #platform: Platform;
  readonly #ledger: LedgerService;

  constructor(platform: Platform, ledger: LedgerService) {
    this.#platform = platform;
    this.#ledger = ledger;
  }

  /**
   * Approves a batch, whose file can be downloaded from then on. The same step again by the same person changes nothing,
   * here and in the other steps.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin, and without such a batch
   * @throws SamePersonError when the actor proposed it
   * @throws OwnPayoutError when the actor belongs to a partner that it pays
   * @throws StaleBatchError when a partner was suspended or gave another account since it was proposed, or so much went
   *   back that what is held for it is not payable any more
   * @throws IllegalTransitionError, InvalidInputError
   */
  async approve(actor: Actor, input: BatchStepInput): Promise<PayoutBatchRow> {
    return this.#move({ ...input, actor, to: 'APPROVED' }, async (em, batch) => {
      await requireCurrent(em, batch);
      await requireCovered(em, batch, this.#platform.clock.now());
      const content = writePayoutFile(await findFileLines(rowsOf<object>(em), batch.id));
      em.create(PayoutFile, { batchId: batch.id, content, createdAt: this.#platform.clock.now() }, { persist: true });
      batch.fileSha256 = sha256Of(content);
    });
  }

  /**
   * Gives up a batch that was not sent: its money can be paid out again.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin, and without such a batch
   * @throws IllegalTransitionError, InvalidInputError
   */
  async cancel(actor: Actor, input: BatchStepInput): Promise<PayoutBatchRow> {
    return this.#move({ ...input, actor, to: 'CANCELLED' }, async (em, batch, reason) => {
      for (const holdId of await this.#moveAll(em, { batch, to: 'CANCELLED', actor, reason })) {
        await this.#ledger.voidHold(em, holdId, { by: actor, reason });
      }
    });
  }

  /**
   * Says that the file went to the bank. From then on only its answers change anything. What went back meanwhile is no
   * reason to refuse: the bank has the file already, and later earnings make up for it.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin, and without such a batch
   * @throws OwnPayoutError when the actor belongs to a partner that it pays
   * @throws IllegalTransitionError, InvalidInputError
   */
  async markSent(actor: Actor, input: BatchStepInput): Promise<PayoutBatchRow> {
    return this.#move({ ...input, actor, to: 'SENT' }, async (em, batch, reason) => {
      await this.#moveAll(em, { batch, to: 'SENT', actor, reason });
    });
  }

  /**
   * The file of a batch, the same bytes at every call. Until it went to the bank, money that went back keeps it here.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff, and without such a batch: the file
   *   has whole account numbers
   * @throws NoPayoutFileError before the approval and after a cancellation
   * @throws StaleBatchError when it is approved, not sent, and so much went back that a payout is not payable any more
   */
  async file(actor: Actor, batchId: string): Promise<{ content: string; sha256: string }> {
    requireRole(actor, 'FINANCE');
    const em = this.#platform.database.orm.em.fork();
    const batch = await em.findOne(PayoutBatch, { id: batchId });
    if (!batch) throw new ForbiddenError();
    if (batch.state === 'DRAFT' || batch.state === 'CANCELLED') throw new NoPayoutFileError(batch.state);
    if (batch.state === 'APPROVED') await requireCovered(em, batch, this.#platform.clock.now());
    const { content } = await em.findOneOrFail(PayoutFile, { batchId });
    const sha256 = present(batch.fileSha256, 'the digest of an approved file');
    invariant(sha256Of(content) === sha256, `the file of batch ${batchId} is what was approved`);
    return { content, sha256 };
  }

  /** Null for others than finance staff and admins. */
  async find(actor: Actor, id: string): Promise<PayoutBatchRow | null> {
    const [row] = await findBatchesByIds(this.#platform.database, actor, [id]);
    return row ?? null;
  }

  /** @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin */
  async list(
    actor: Actor,
    request: { state: PayoutBatchState | null; page: PageRequest },
  ): Promise<Page<PayoutBatchRow>> {
    requireRole(actor, ...BATCH_STAFF);
    return findBatchPage(this.#platform.database, request);
  }

  /** One step of the lifecycle. Whoever changes a batch or its payouts holds the batch first. */
  async #move(
    { actor, batchId, reason: text, to }: BatchMove,
    work: (em: EntityManager, batch: PayoutBatch, reason: string) => Promise<void>,
  ): Promise<PayoutBatchRow> {
    requireRole(actor, ...BATCH_STAFF);
    const reason = requireText('reason', text, { maxLength: 500, multiline: true });
    return this.#platform.database.transaction(async (em) => {
      const batch = await em.findOne(PayoutBatch, { id: batchId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!batch) throw new ForbiddenError();
      if (to !== 'CANCELLED') await requireNoOwnPayout(em, actor, await findPaidPartners(em, batchId));
      if (to === 'APPROVED' && batch.createdBy === actorName(actor)) throw new SamePersonError();
      if (batch.state === to && (await isStepOf(em, { batchId, to, actor }))) return toBatchRow(batch);
      const from = batch.state;
      batch.moveTo(to);
      await work(em, batch, reason);
      await recordBatchStep(em, this.#platform, { batchId, from, to, actor, reason });
      return toBatchRow(batch);
    });
  }

  /** Moves every payout of a batch on. @returns the holds of their money, in the order of the partners */
  async #moveAll(
    em: EntityManager,
    { batch, to, actor, reason }: { batch: PayoutBatch; to: PayoutState; actor: Actor; reason: string },
  ): Promise<string[]> {
    const moved = await rowsOf<PayoutTables>(em)
      .updateTable('payouts')
      .set({ state: to })
      .where('batch_id', '=', batch.id)
      .where('state', '=', 'PENDING')
      .returning(['id', 'hold_id as holdId', 'partner_id as partnerId'])
      .execute();
    invariant(moved.length === batch.payoutCount, `every payout of batch ${batch.id} was pending`);
    const payoutIds = moved.map(({ id }) => id);
    await recordPayoutSteps(em, this.#platform, { payoutIds, from: 'PENDING', to, actor, reason });
    return moved.toSorted((one, other) => (one.partnerId < other.partnerId ? -1 : 1)).map(({ holdId }) => holdId);
  }
}

async function isStepOf(
  em: EntityManager,
  { batchId, to, actor }: { batchId: string; to: PayoutBatchState; actor: Actor },
): Promise<boolean> {
  return (await em.findOne(PayoutBatchStep, { batchId, toState: to, by: actorName(actor) })) !== null;
}
