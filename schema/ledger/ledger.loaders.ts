import DataLoader from 'dataloader';
import {
  type AccountKind,
  type BalanceInstant,
  type FundsRow,
  findBalances,
  findFundsOf,
} from '../../src/ledger/index.ts';
import { present } from '../../src/shared/invariant.ts';
import type { LoaderScope } from '../shared/loader.ts';

interface WantedBalance {
  readonly accountId: string;
  /** Now when absent. */
  readonly instant: BalanceInstant | undefined;
}

interface WantedFunds {
  readonly id: string;
  readonly kind: AccountKind;
}

/** Only staff are given accounts, whose balances these are. */
export function createLedgerLoaders({ platform: { database, clock } }: LoaderScope) {
  return {
    /** One statement for each instant that is asked for, whatever the number of accounts. */
    ledgerBalances: new DataLoader<WantedBalance, bigint, string>(
      async (wanted) => {
        const groups = Map.groupBy(wanted, instantKey);
        const read = [...groups].map(async ([key, group]) => {
          const ids = group.map(({ accountId }) => accountId);
          return [key, await findBalances(database, ids, group[0]?.instant)] as const;
        });
        const balances = new Map(await Promise.all(read));
        return wanted.map((one) => present(balances.get(instantKey(one))?.get(one.accountId), 'a balance'));
      },
      { cacheKeyFn: (one) => `${one.accountId} ${instantKey(one)}` },
    ),
    ledgerFunds: new DataLoader<WantedFunds, FundsRow, string>(
      (accounts) => findFundsOf(database, accounts, clock.now()),
      { cacheKeyFn: ({ id }) => id },
    ),
  };
}

function instantKey({ instant }: WantedBalance): string {
  return instant ? `${instant.axis} ${instant.at.toISOString()}` : '';
}
