import { type TermRow, type VersionInForce, versionAt } from '../contracts/index.ts';
import { chartOfAccounts } from '../ledger/index.ts';
import type { AccountedEntry, PartnerAccountService } from '../partner-accounts/index.ts';
import type { Platform } from '../platform/platform.ts';
import { present } from '../shared/invariant.ts';
import { monthOf } from '../shared/month.ts';
import { formatIn } from './format-amount.ts';
import { partnersOf } from './promise-parties.ts';
import { findAdvancesPaid, findPromisingContracts, lockAdvances, type PromisingContract } from './promises.queries.ts';

/** Money that partners get ahead of sales. */
export class AdvanceService {
  readonly #platform: Platform;
  readonly #partnerAccounts: PartnerAccountService;

  constructor(platform: Platform, partnerAccounts: PartnerAccountService) {
    this.#platform = platform;
    this.#partnerAccounts = partnerAccounts;
  }

  /**
   * Posts the advances of the version of a contract that is in force now, each once. Where a later version raises one
   * under the same clause number, what it is more is posted. It may be paid out at once.
   *
   * @returns how many were posted
   */
  payDue(contractId: string): Promise<number> {
    return this.#platform.database.transaction(async (em) => {
      // Whoever pays a version beside this one would not see what this one pays, and pay it again.
      await lockAdvances(em, contractId);
      const [contract] = await findPromisingContracts(em, { kind: 'ADVANCE', contractId });
      const version = contract && versionAt(contract.versions, { soldAt: this.#platform.clock.now(), ...contract });
      if (!version) return 0;
      const paid = await findAdvancesPaid(em, contractId);
      const due = dueAdvances(contract, version).flatMap((advance) => {
        const before = paid.find(
          (it) =>
            it.clause === advance.term.clause && it.partnerId === advance.partnerId && it.currency === advance.currency,
        );
        const dueMinor = advance.amountMinor - (before?.paidMinor ?? 0n);
        return dueMinor > 0n ? [{ ...advance, dueMinor }] : [];
      });
      const posted = await this.#partnerAccounts.post(em, due.map(entryOf));
      return posted.filter(({ isNew }) => isNew).length;
    });
  }
}

interface Advance {
  readonly version: VersionInForce;
  readonly term: TermRow;
  readonly partnerId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
}

function dueAdvances(contract: PromisingContract, version: VersionInForce): Advance[] {
  return version.terms
    .filter(({ kind }) => kind === 'ADVANCE')
    .flatMap((term) => {
      const currency = term.currency ?? version.currency;
      const amountMinor = present(term.amountMinor, 'the amount of an advance');
      return partnersOf(term, contract).map((partnerId) => ({ version, term, partnerId, currency, amountMinor }));
    });
}

/** Counts from when the version holds and is known, so that posting it again is posting the same. */
function entryOf({ version, term, partnerId, currency, amountMinor, dueMinor }: Advance & { dueMinor: bigint }) {
  const { contractId, effectiveFrom, timeZone, contractName } = version;
  const recordedAt = present(version.recordedAt, 'when a version in force was signed');
  const effectiveAt = new Date(Math.max(recordedAt.getTime(), effectiveFrom.getTime()));
  const reference = `advance:${contractId}/${term.clause}/${partnerId}`;
  const format = formatIn(currency);
  const explanation = `Advance of ${format(amountMinor)} on future sales under "${contractName}" (clause ${term.clause}).`;
  const period = monthOf(effectiveAt, timeZone);
  const partnerEntry = {
    partnerId,
    kind: 'ADVANCE' as const,
    period,
    availableAt: effectiveAt,
    sourceId: term.id,
    explanation,
  };
  const place = { currency, reference };
  return {
    idempotencyKey: `${reference}/${currency}/${amountMinor}`,
    kind: 'ADVANCE',
    reference,
    effectiveAt,
    postings: [
      { account: chartOfAccounts.partnerAdvances(partnerId), amountMinor: dueMinor, ...place },
      { account: chartOfAccounts.partnerPayable(partnerId), amountMinor: -dueMinor, ...place, partnerEntry },
    ],
  } satisfies AccountedEntry;
}
