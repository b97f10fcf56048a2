import { chartOfAccounts, type Entry } from '../ledger/index.ts';
import type { OrderReturn } from './order-returns.ts';

/**
 * What a return costs the platform alone: what went beyond the sale, and what the provider asks for a chargeback. Each
 * is an entry of its own.
 */
export function platformEntriesOf(
  { returned, movedMinor, sharedMinor }: OrderReturn,
  { currency, provider }: { currency: string; provider: string },
): Entry[] {
  const { kind, id, settledAt: effectiveAt, feeMinor } = returned;
  const reference = `${kind.toLowerCase().replace('_', '-')}:${id}`;
  const costs = [
    { kind: 'RETURN_BEYOND_SALE', part: 'beyond-sale', costMinor: movedMinor - sharedMinor },
    { kind: 'CHARGEBACK_FEE', part: 'fee', costMinor: feeMinor },
  ];
  return costs
    .filter(({ costMinor }) => costMinor !== 0n)
    .map(({ kind: entryKind, part, costMinor }) => ({
      idempotencyKey: `return:${reference}/${part}`,
      kind: entryKind,
      reference,
      effectiveAt,
      postings: [
        { account: chartOfAccounts.platformChargebacks, amountMinor: costMinor, currency, reference },
        {
          account: chartOfAccounts.providerClearing(provider),
          amountMinor: -costMinor,
          currency,
          reference,
        },
      ],
    }));
}
