import { inspect, isDeepStrictEqual } from 'node:util';
import { system } from '../../src/shared/actor.ts';
import { recountCounters, storedCounters, unequalAllocations } from './allocation-audit.ts';
import { rawSql } from './ledger.ts';
import { brokenInvariants, brokenRows } from './payout-invariants.ts';
import { SALE_INVARIANTS } from './sale-invariants.ts';
import type { TestApp } from './test-app.ts';

export interface MoneyCheckOptions {
  /** Whether every allocation is computed again too, which takes longer the more there are. */
  readonly recompute: boolean;
}

/**
 * Everything that must hold of the money path once all jobs are done: the books, the sales and what went back, what
 * clauses counted, partners' accounts, statements and payouts.
 *
 * @returns what does not hold, with what breaks it; nothing where all is well
 */
export async function brokenMoney(app: TestApp, { recompute }: MoneyCheckOptions): Promise<string[]> {
  return [
    ...(await brokenBooks(app)),
    ...(await brokenRows(app, SALE_INVARIANTS)),
    ...(await brokenInvariants(app)),
    ...(await brokenSplits(app, recompute)),
  ];
}

async function brokenBooks(app: TestApp): Promise<string[]> {
  const { fault, unsealed } = await app.services.ledgerVerification.verify(system('test'));
  const late = unsealed > 0 ? [`every transaction is sealed: ${unsealed} are not`] : [];
  return fault ? [`the books verify: ${inspect(fault)}`, ...late] : late;
}

async function brokenSplits(app: TestApp, recompute: boolean): Promise<string[]> {
  const broken: string[] = [];
  for (const { id } of await rawSql(app, 'select id::text as id from contracts order by id')) {
    const contractId = String(id);
    const [stored, counted] = [await storedCounters(app, contractId), await recountCounters(app, contractId)];
    if (!isDeepStrictEqual(stored, counted)) broken.push(`clauses of ${contractId} counted what their splits say`);
    const unequal = recompute ? await unequalAllocations(app, contractId) : [];
    if (unequal.length > 0) broken.push(`splits of ${contractId} come out the same again: ${unequal.join(', ')}`);
  }
  return broken;
}
