import DataLoader from 'dataloader';
import { findWaitingParts, type WaitingPart } from '../../src/partner-accounts/index.ts';
import {
  findBatchesByIds,
  findDetailsByIds,
  findExclusionsOfBatches,
  findPayoutsOfBatches,
  findStepsOfBatches,
  findStepsOfPayouts,
  type PayableRow,
} from '../../src/payouts/index.ts';
import type { Database } from '../../src/platform/database.ts';
import { type Page, type PageRequest, pageOf } from '../../src/shared/page.ts';
import { type LoaderScope, loaderById, loaderOfGroups } from '../shared/loader.ts';

/** Whoever holds a payout, a batch or a payable has been let see it. */
export function createPayoutLoaders({ platform: { database }, actor }: LoaderScope) {
  return {
    /** None for partners. */
    payoutBatches: loaderById((ids) => findBatchesByIds(database, actor, ids)),
    /** The account is masked unless finance looks. */
    payoutDetails: loaderById((ids) => findDetailsByIds(database, actor, ids)),
    payoutBatchSteps: loaderOfGroups(
      (ids) => findStepsOfBatches(database, ids),
      (row) => row.batchId,
    ),
    payoutSteps: loaderOfGroups(
      (ids) => findStepsOfPayouts(database, ids),
      (row) => row.payoutId,
    ),
    batchPayouts: loaderOfPages((ids, page) => findPayoutsOfBatches(database, ids, page)),
    batchExclusions: loaderOfPages((ids, page) => findExclusionsOfBatches(database, ids, page)),
    waitingParts: loaderOfWaitingParts(database),
  };
}

interface PageKey {
  readonly batchId: string;
  readonly page: PageRequest;
}

/** Parts of batches, page by page: one read for all batches of which the same page is wanted. */
function loaderOfPages<Row extends { readonly batchId: string }>(
  find: (batchIds: readonly string[], page: PageRequest) => Promise<readonly Row[]>,
): DataLoader<PageKey, Page<Row>, string> {
  const load = async (keys: readonly PageKey[]) => {
    const wanted = Map.groupBy(keys, ({ page }) => JSON.stringify(page));
    const found = new Map<string, Page<Row>>();
    for (const group of wanted.values()) {
      const [first] = group;
      if (!first) continue;
      const ids = group.map(({ batchId }) => batchId);
      const parts = Map.groupBy(await find(ids, first.page), ({ batchId }) => batchId);
      for (const key of group) found.set(nameOf(key), pageOf(parts.get(key.batchId) ?? [], key.page));
    }
    return keys.map((key) => found.get(nameOf(key)) ?? { rows: [], hasNextPage: false });
  };
  return new DataLoader(load, { cacheKeyFn: nameOf });
}

function nameOf({ batchId, page }: PageKey): string {
  return JSON.stringify([batchId, page]);
}

/** One read for all payables of one currency and instant, which is what a list has. */
function loaderOfWaitingParts(database: Database): DataLoader<PayableRow, readonly WaitingPart[]> {
  return new DataLoader(async (payables: readonly PayableRow[]) => {
    const found = new Map<PayableRow, readonly WaitingPart[]>();
    for (const group of Map.groupBy(payables, ({ currency, at }) => `${currency} ${at.getTime()}`).values()) {
      const [first] = group;
      if (!first) continue;
      const { currency, at } = first;
      const partnerIds = group.map(({ partnerId }) => partnerId);
      const parts = await findWaitingParts(database.read(), { partnerIds, currency, at });
      const partsOf = Map.groupBy(parts, ({ partnerId }) => partnerId);
      for (const payable of group) found.set(payable, partsOf.get(payable.partnerId) ?? []);
    }
    return payables.map((payable) => found.get(payable) ?? []);
  });
}
