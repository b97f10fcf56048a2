import { bulkInsert } from '../platform/bulk-insert.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName } from '../shared/actor.ts';
import type { PayoutBatchState, PayoutState } from './payout.state.ts';

interface Step<State> {
  readonly from: State | null;
  readonly to: State;
  readonly actor: Actor;
  readonly reason: string;
}

/** What the bank said with a step. */
export interface BankAnswer {
  readonly reference: string | null;
  readonly idempotencyKey: string;
  readonly inputHash: string;
}

type Source = Pick<Platform, 'ids' | 'clock'>;

/** Records who moved a batch, when and why. */
export async function recordBatchStep(
  em: EntityManager,
  { ids, clock }: Source,
  { batchId, from, to, actor, reason }: Step<PayoutBatchState> & { batchId: string },
): Promise<void> {
  const made = { by: actorName(actor), reason, at: clock.now() };
  await bulkInsert(em, 'payout_batch_steps', [
    { id: ids.next(), batch_id: batchId, from_state: from, to_state: to, ...made },
  ]);
}

/** Records who moved payouts, when and why. */
export async function recordPayoutSteps(
  em: EntityManager,
  { ids, clock }: Source,
  {
    payoutIds,
    from,
    to,
    actor,
    reason,
    answer,
  }: Step<PayoutState> & { payoutIds: readonly string[]; answer?: BankAnswer },
): Promise<void> {
  const made = { by: actorName(actor), reason, at: clock.now() };
  const said = {
    reference: answer?.reference ?? null,
    idempotency_key: answer?.idempotencyKey ?? null,
    input_hash: answer?.inputHash ?? null,
  };
  const rows = payoutIds.map((id) => ({
    id: ids.next(),
    payout_id: id,
    from_state: from,
    to_state: to,
    ...made,
    ...said,
  }));
  await bulkInsert(em, 'payout_steps', rows);
}
