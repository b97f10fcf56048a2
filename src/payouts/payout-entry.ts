import { chartOfAccounts } from '../ledger/index.ts';
import type { AccountedEntry, PartnerEntryKind } from '../partner-accounts/index.ts';
import { Money } from '../shared/money.ts';
import type { Month } from '../shared/month.ts';
import type { PayoutRow } from './payout.queries.ts';

interface When {
  readonly at: Date;
  /** Month in which it counts, in the time zone of the partner's contract. */
  readonly period: Month;
}

type PaidPayout = Pick<PayoutRow, 'id' | 'partnerId' | 'currency' | 'amountMinor'>;

/** The platform owes the partner less, and its bank has less. */
export function payoutEntry(
  payout: PaidPayout,
  { reference, ...when }: When & { reference: string | null },
): AccountedEntry {
  const explanation = `${sumOf(payout)} was paid out; the bank names it ${reference}.`;
  const { id, amountMinor } = payout;
  return entryOf(payout, { key: `payout:${id}`, kind: 'PAYOUT', owedLessMinor: amountMinor, explanation, ...when });
}

/** What was paid came back: the platform owes it again. */
export function payoutReturnEntry(payout: PaidPayout, { reason, ...when }: When & { reason: string }): AccountedEntry {
  const explanation = `The bank returned ${sumOf(payout)}: ${reason}`;
  const { id, amountMinor } = payout;
  const key = `payout-return:${id}`;
  return entryOf(payout, { key, kind: 'PAYOUT_RETURN', owedLessMinor: -amountMinor, explanation, ...when });
}

function sumOf({ amountMinor, currency }: PaidPayout): string {
  return Money.ofMinor(amountMinor, currency).toString();
}

function entryOf(
  { id, partnerId, currency }: PaidPayout,
  facts: When & { key: string; kind: PartnerEntryKind; owedLessMinor: bigint; explanation: string },
): AccountedEntry {
  const { key, kind, at, period, owedLessMinor, explanation } = facts;
  const reference = `payout:${id}`;
  const partnerEntry = { partnerId, kind, period, availableAt: at, sourceId: id, explanation };
  const account = chartOfAccounts.partnerPayable(partnerId);
  return {
    idempotencyKey: key,
    kind,
    reference,
    effectiveAt: at,
    postings: [
      { account, amountMinor: owedLessMinor, currency, reference, partnerEntry },
      { account: chartOfAccounts.platformBank, amountMinor: -owedLessMinor, currency, reference },
    ],
  };
}
