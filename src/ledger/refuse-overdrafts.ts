import type { EntityManager } from '../platform/database.ts';
import { onNormalSide } from './account.entity.ts';
import { findFunds, lockAccounts } from './available-funds.queries.ts';
import type { HoldKeeper } from './hold-keeper.ts';
import { InsufficientFundsError } from './ledger.errors.ts';
import type { AccountRow } from './ledger.queries.ts';

/** What postings are about to do to an account. */
export interface AccountChange {
  readonly account: AccountRow;
  /** Debit positive. */
  readonly amountMinor: bigint;
}

/**
 * Looks, before they are posted, whether accounts that forbid it would be overdrawn. Only these are locked: on all
 * others everybody can post at once.
 *
 * @throws InsufficientFundsError naming the first of them
 */
export async function refuseOverdrafts(
  em: EntityManager,
  holds: HoldKeeper,
  changes: readonly AccountChange[],
): Promise<void> {
  const changeOf = new Map<string, bigint>();
  for (const { account, amountMinor } of changes) {
    if (account.overdraft !== 'FORBIDDEN') continue;
    changeOf.set(account.id, (changeOf.get(account.id) ?? 0n) + onNormalSide(account.kind, amountMinor));
  }
  if (changeOf.size === 0) return;
  const accountIds = [...changeOf.keys()];
  await lockAccounts(em, accountIds);
  await holds.expireDue(em, accountIds);
  for (const account of await findFunds(em, accountIds)) {
    const change = changeOf.get(account.id) ?? 0n;
    if (change < 0n && account.availableMinor + change < 0n) {
      throw new InsufficientFundsError(account, account.availableMinor);
    }
  }
}
