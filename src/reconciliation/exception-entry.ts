import { chartOfAccounts, type Entry } from '../ledger/index.ts';
import type { ExceptionClass } from './reconciliation-exception.entity.ts';

interface Facts {
  readonly class: ExceptionClass;
  readonly movementId?: string | null | undefined;
  readonly expectedMinor?: bigint | null | undefined;
  readonly actualMinor?: bigint | null | undefined;
}

/**
 * What settles an exception unless a clerk says otherwise: how much more the file says than our books.
 *
 * @returns null when the exception is not about an amount
 */
export function differenceOf({ class: name, expectedMinor, actualMinor }: Facts): bigint | null {
  if (name === 'MISSING_IN_LEDGER') return actualMinor ?? null;
  if (name === 'MISSING_IN_FILE') return -(expectedMinor ?? 0n);
  if (typeof expectedMinor !== 'bigint' || typeof actualMinor !== 'bigint') return null;
  return actualMinor - expectedMinor;
}

/**
 * The entry that settles an exception at the platform's cost, or to its gain: what the provider owes us is made what the
 * file says. A fee that differs left that account with its match; what was told with the sale makes up for it. A payout
 * that is not what its lines come to arrives at the bank with this.
 *
 * @param facts `amountMinor`: not zero; what the file says more
 */
export function resolutionOf(
  exception: Facts,
  facts: { provider: string; currency: string; amountMinor: bigint; reference: string; key: string; at: Date },
): Entry {
  const { provider, currency, amountMinor, reference, key, at } = facts;
  const posting = (account: Entry['postings'][number]['account'], minor: bigint) => ({
    account,
    amountMinor: minor,
    currency,
    reference,
  });
  const clearing = chartOfAccounts.providerClearing(provider);
  const cost = chartOfAccounts.platformReconciliation;
  const isFee = exception.class === 'FEE_DIFFERS' && Boolean(exception.movementId);
  const payoutMinor = exception.class === 'PAYOUT_TOTAL_DIFFERS' ? (exception.actualMinor ?? 0n) : 0n;
  const postings = isFee
    ? [posting(cost, amountMinor), posting(chartOfAccounts.providerFees(provider), -amountMinor)]
    : [posting(clearing, amountMinor - payoutMinor), posting(cost, -amountMinor)];
  if (payoutMinor !== 0n) postings.push(posting(chartOfAccounts.platformBank, payoutMinor));
  const booked = postings.filter((one) => one.amountMinor !== 0n);
  return { idempotencyKey: key, kind: 'RECONCILIATION', reference, effectiveAt: at, postings: booked };
}
