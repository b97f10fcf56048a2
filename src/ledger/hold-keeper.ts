import { createHash } from 'node:crypto';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, system } from '../shared/actor.ts';
import { IdempotencyConflictError } from '../shared/domain-error.ts';
import { invariant, present } from '../shared/invariant.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { findFunds, lockAccounts } from './available-funds.queries.ts';
import type { AccountRef } from './chart-of-accounts.ts';
import {
  endHolds,
  findHoldByKey,
  type HoldRow,
  insertHold,
  insertHoldSteps,
  lockDueHolds,
  lockHold,
} from './hold.queries.ts';
import { type HoldState, holdLifecycle } from './hold.state.ts';
import { InsufficientFundsError } from './ledger.errors.ts';
import { openAccounts } from './open-accounts.ts';

/** What somebody wants to set aside. */
export interface HoldInput {
  /** Same key and same input: the first answer. Same key and another input: refused. */
  readonly idempotencyKey: string;
  readonly account: AccountRef;
  readonly currency: string;
  /** Above zero, on the account's normal side. */
  readonly amountMinor: bigint;
  /** What outside the ledger it is for, as its owner names it. */
  readonly reference: string;
  /** From when on it is given back by itself; null: never. */
  readonly expiresAt: Date | null;
  /** In whose name; the ledger's own when absent. */
  readonly by?: Actor;
}

/** In whose name and why a hold ends. */
export interface HoldStepInput {
  readonly by?: Actor;
  readonly reason?: string;
}

/** What setting aside answers. */
export interface PlacedHold {
  readonly holdId: string;
  /** False when the key was used before: the answer is then that of the first time. */
  readonly isNew: boolean;
}

const BOOKKEEPER = system('ledger');

/** Sets money aside and ends that again: the account is locked meanwhile, so that nothing is promised twice. */
export class HoldKeeper {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** @throws InsufficientFundsError, IdempotencyConflictError */
  async hold(em: EntityManager, input: HoldInput): Promise<PlacedHold> {
    const { account, currency, amountMinor, idempotencyKey } = input;
    invariant(amountMinor > 0n, `hold ${idempotencyKey} is of more than nothing`);
    const findAccount = await openAccounts(em, this.#platform, [{ account, currency }]);
    const { id: accountId } = findAccount(account.code, currency);
    await lockAccounts(em, [accountId]);
    const inputHash = hashOf(input);
    const earlier = await findHoldByKey(em, idempotencyKey);
    if (earlier) {
      if (earlier.inputHash !== inputHash) throw new IdempotencyConflictError(idempotencyKey);
      return { holdId: earlier.id, isNew: false };
    }
    await this.expireDue(em, [accountId]);
    const [funds] = await findFunds(em, [accountId]);
    const { availableMinor } = present(funds, 'the account of a hold');
    if (availableMinor < amountMinor) throw new InsufficientFundsError({ ...account, currency }, availableMinor);
    return { holdId: await this.#insert(em, { input, accountId, inputHash }), isNew: true };
  }

  /** @throws IllegalTransitionError unless the hold is pending and its time not over */
  async end(em: EntityManager, holdId: string, to: { state: HoldState } & HoldStepInput): Promise<void> {
    const hold = present(await lockHold(em, holdId), `hold ${holdId}`);
    const from = this.#isDue(hold) && to.state !== 'EXPIRED' ? 'EXPIRED' : hold.state;
    assertTransition('hold', holdLifecycle, { from, to: to.state });
    await this.#end(em, [holdId], to);
  }

  /** Gives back what accounts that the caller has locked hold longer than wanted. */
  async expireDue(em: EntityManager, accountIds: readonly string[]): Promise<void> {
    const due = await lockDueHolds(em, accountIds, this.#platform.clock.now());
    await this.#end(em, due, { state: 'EXPIRED' });
  }

  /** Ends one hold when its time is over. @returns whether it was this call that did */
  async expire(em: EntityManager, holdId: string): Promise<boolean> {
    const hold = await lockHold(em, holdId);
    if (!hold || !this.#isDue(hold)) return false;
    await this.#end(em, [holdId], { state: 'EXPIRED' });
    return true;
  }

  #isDue({ state, expiresAt }: HoldRow): boolean {
    return state === 'PENDING' && expiresAt !== null && expiresAt <= this.#platform.clock.now();
  }

  async #insert(
    em: EntityManager,
    { input, accountId, inputHash }: { input: HoldInput; accountId: string; inputHash: string },
  ): Promise<string> {
    const { idempotencyKey, currency, amountMinor, reference, expiresAt, by = BOOKKEEPER } = input;
    const [id, at] = [this.#platform.ids.next(), this.#platform.clock.now()];
    const isNew = await insertHold(em, {
      ...{ id, idempotencyKey, inputHash, accountId, currency, amountMinor, reference, expiresAt },
      state: 'PENDING',
      createdAt: at,
    });
    // Only a hold on another account can have come between: this one is locked.
    if (!isNew) throw new IdempotencyConflictError(idempotencyKey);
    await insertHoldSteps(em, [
      {
        id: this.#platform.ids.next(),
        holdId: id,
        fromState: null,
        toState: 'PENDING',
        by: actorName(by),
        reason: reference,
        at,
      },
    ]);
    return id;
  }

  async #end(
    em: EntityManager,
    ids: readonly string[],
    { state, by = BOOKKEEPER, reason = REASONS[state] }: { state: HoldState } & HoldStepInput,
  ): Promise<void> {
    if (ids.length === 0) return;
    await endHolds(em, ids, state);
    const at = this.#platform.clock.now();
    const step = { fromState: 'PENDING', toState: state, by: actorName(by), reason, at } as const;
    await insertHoldSteps(
      em,
      ids.map((holdId) => ({ id: this.#platform.ids.next(), holdId, ...step })),
    );
  }
}

const REASONS: Readonly<Record<HoldState, string>> = {
  PENDING: '',
  POSTED: 'The money moved.',
  VOIDED: 'It is not needed any more.',
  EXPIRED: 'Its time was over.',
};

function hashOf({ account, currency, amountMinor, reference, expiresAt }: HoldInput): string {
  const content = [account.code, currency, String(amountMinor), reference, expiresAt?.toISOString() ?? null];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
