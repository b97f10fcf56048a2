import DataLoader from 'dataloader';
import { findBalances } from '../../src/ledger/index.ts';
import type { LoaderScope } from '../shared/loader.ts';

/** Only staff are given accounts, whose balances these are. */
export function createLedgerLoaders({ platform: { database } }: LoaderScope) {
  return {
    ledgerBalances: new DataLoader<string, bigint>(async (accountIds) => {
      const balances = await findBalances(database, accountIds);
      return accountIds.map((id) => balances.get(id) ?? 0n);
    }),
  };
}
