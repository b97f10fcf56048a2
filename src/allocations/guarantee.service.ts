import { chartOfAccounts } from '../ledger/index.ts';
import { guaranteeTopUp } from '../math/allocation/index.ts';
import type { AccountedEntry, PartnerAccountService } from '../partner-accounts/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Month } from '../shared/month.ts';
import { formatIn } from './format-amount.ts';
import { type Guarantee, guaranteesEndingWith } from './guaranteed-windows.ts';
import { findEarned, findPostedKeys, findPromisingContracts } from './promises.queries.ts';

const DAY_MS = 86_400_000;

/** What partners get at least. */
export class GuaranteeService {
  readonly #partnerAccounts: PartnerAccountService;

  constructor(partnerAccounts: PartnerAccountService) {
    this.#partnerAccounts = partnerAccounts;
  }

  /**
   * Posts what is missing to the minimums whose window ends with a month, each once: what is earned later for that
   * window comes on top. A fixed number of statements, however many there are.
   *
   * @param em of the closing of that month, so that its statements show it
   * @returns how many were posted
   */
  async topUp(em: EntityManager, { period }: { period: Month }): Promise<number> {
    const contracts = await findPromisingContracts(em, { kind: 'MINIMUM_GUARANTEE', contractId: null });
    const ending = contracts.flatMap((contract) => guaranteesEndingWith(period, contract));
    if (ending.length === 0) return 0;
    const windows = ending.map(({ window }) => window);
    const keys = windows.map(({ key }) => key);
    const posted = await findPostedKeys(em, keys);
    const earned = await findEarned(em, windows);
    const entries = ending.flatMap((guarantee) => {
      const { window, guaranteedMinor } = guarantee;
      const earnedMinor = earned.get(window.key) ?? 0n;
      const missingMinor = guaranteeTopUp({ earnedMinor, guaranteedMinor });
      const isDue = missingMinor > 0n && !posted.has(window.key);
      return isDue ? [entryOf(guarantee, { earnedMinor, missingMinor, period })] : [];
    });
    await this.#partnerAccounts.post(em, entries);
    return entries.length;
  }
}

function entryOf(
  { term, version, guaranteedMinor, windowName, endsAt, window }: Guarantee,
  { earnedMinor, missingMinor, period }: { earnedMinor: bigint; missingMinor: bigint; period: Month },
): AccountedEntry {
  const { key, partnerId, currency } = window;
  const format = formatIn(currency);
  const span = windowName === 'ALL' ? 'the whole contract' : windowName;
  const explanation =
    `At least ${format(guaranteedMinor)} is guaranteed for ${span} (clause ${term.clause}): ` +
    `${format(earnedMinor)} was earned, and ${format(missingMinor)} is added.`;
  const availableAt = new Date(endsAt.getTime() + version.holdDays * DAY_MS);
  const partnerEntry = { partnerId, kind: 'GUARANTEE' as const, period, availableAt, sourceId: term.id, explanation };
  const place = { currency, reference: key };
  return {
    idempotencyKey: key,
    kind: 'GUARANTEE',
    reference: key,
    effectiveAt: endsAt,
    postings: [
      { account: chartOfAccounts.platformGuarantees, amountMinor: missingMinor, ...place },
      { account: chartOfAccounts.partnerPayable(partnerId), amountMinor: -missingMinor, ...place, partnerEntry },
    ],
  };
}
