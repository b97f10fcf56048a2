import type { PartnerAccountService } from '../partner-accounts/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Month } from '../shared/month.ts';
import { type ContractMonth, findEarned, findMonthsTouched, findPostedTopUps } from './guarantee.queries.ts';
import { firstEntryOf, lateEntryOf, withdrawalOf } from './guarantee-entry.ts';
import { monthsToLookAt } from './guarantee-months.ts';
import { guaranteesEndingWith } from './guaranteed-windows.ts';
import { partnersOf } from './promise-parties.ts';
import { findPromisingContracts, type PromisingContract } from './promises.queries.ts';

/** What partners get at least. */
export class GuaranteeService {
  readonly #partnerAccounts: PartnerAccountService;

  constructor(partnerAccounts: PartnerAccountService) {
    this.#partnerAccounts = partnerAccounts;
  }

  /**
   * Posts what is missing to the minimums whose window ends with a month, each once. Windows of closed months that
   * something has happened to since the last closing are looked at again: what should have been posted for them, as is
   * known by now, less what was, is posted late, whichever sign it has. A fixed number of statements, however many.
   *
   * @param em of the closing of that month, so that its statements show it
   * @param firstClosed the first month that was ever closed; null when none was
   * @returns how many were posted
   */
  async topUp(em: EntityManager, closing: { period: Month; firstClosed: Month | null }): Promise<number> {
    const { period } = closing;
    const contracts = await findPromisingContracts(em, { kind: 'MINIMUM_GUARANTEE', contractId: null });
    const months = await findMonths(em, contracts, closing);
    const guarantees = months.flatMap((month) => guaranteesEndingWith(month.period, month.contract));
    const posted = new Map((await findPostedTopUps(em, months)).map((topUp) => [topUp.key, topUp]));
    if (guarantees.length === 0 && posted.size === 0) return 0;
    const windows = guarantees.map(({ window }) => window);
    const earned = await findEarned(em, windows);
    const keys = new Set(windows.map(({ key }) => key));
    const withdrawn = [...posted.values()].filter((topUp) => topUp.period < period && !keys.has(topUp.key));
    const entries = guarantees.flatMap((guarantee) => {
      const { key, toPeriod } = guarantee.window;
      const earnedMinor = earned.get(key) ?? 0n;
      if (toPeriod < period) return lateEntryOf(guarantee, { earnedMinor, posted: posted.get(key) });
      return posted.has(key) ? [] : firstEntryOf(guarantee, earnedMinor);
    });
    entries.push(...withdrawn.flatMap(withdrawalOf));
    await this.#partnerAccounts.post(em, entries);
    return entries.length;
  }
}

/** A month with which windows of a contract's guarantees may end. */
interface PromisingMonth extends ContractMonth {
  readonly contract: PromisingContract;
}

/** The month that is being closed, of each contract, and the closed ones that are to be looked at again. */
async function findMonths(
  em: EntityManager,
  contracts: readonly PromisingContract[],
  { period, firstClosed }: { period: Month; firstClosed: Month | null },
): Promise<PromisingMonth[]> {
  const monthOf = (contract: PromisingContract, month: Month) => {
    return { contract, contractId: contract.contractId, period: month };
  };
  const ending = contracts.map((contract) => monthOf(contract, period));
  if (firstClosed === null || contracts.length === 0) return ending;
  const contractIds = contracts.map(({ contractId }) => contractId);
  const partnerIds = [...new Set(contracts.flatMap(guaranteedPartners))];
  const touched = await findMonthsTouched(em, { contractIds, partnerIds, before: period });
  const late = contracts.flatMap((contract) => {
    const sold = touched.filter(({ contractId }) => contractId === contract.contractId);
    const soldIn = sold.map((month) => month.period);
    return monthsToLookAt(contract, { period, firstClosed, soldIn }).map((month) => monthOf(contract, month));
  });
  return [...late, ...ending];
}

/** Those to whom any version of the contract guarantees anything. */
function guaranteedPartners(contract: PromisingContract): string[] {
  const terms = contract.versions.flatMap((version) => version.terms);
  return terms.flatMap((term) => (term.kind === 'MINIMUM_GUARANTEE' ? partnersOf(term, contract) : []));
}
