import { chartOfAccounts } from '../ledger/index.ts';
import type { AccountedEntry } from '../partner-accounts/index.ts';
import { Money } from '../shared/money.ts';
import { monthOf } from '../shared/month.ts';
import type { LineDispute } from './line-dispute.entity.ts';
import type { HeldLine } from './line-dispute.queries.ts';

/** What brings a line to the amount that finance found right, at the platform's cost. The first posting is the partner's. */
export function adjustmentOf(options: {
  dispute: LineDispute;
  line: HeldLine;
  grantedMinor: bigint;
  timeZone: string;
  at: Date;
}): AccountedEntry {
  const { dispute, line, grantedMinor, timeZone, at } = options;
  const { id, partnerId, currency, statedMinor, postingId } = dispute;
  const differenceMinor = grantedMinor - statedMinor;
  const reference = `line-dispute:${id}`;
  const [stated, granted] = [Money.ofMinor(statedMinor, currency), Money.ofMinor(grantedMinor, currency)];
  const day = line.effectiveAt.toISOString().slice(0, 10);
  const explanation = `Brings the disputed ${line.kind} of ${day} (line ${postingId}) from ${stated} to ${granted}.`;
  const period = monthOf(at, timeZone);
  return {
    idempotencyKey: reference,
    kind: 'ADJUSTMENT',
    reference,
    effectiveAt: at,
    postings: [
      {
        account: chartOfAccounts.partnerPayable(partnerId),
        amountMinor: -differenceMinor,
        currency,
        reference,
        partnerEntry: { partnerId, kind: 'ADJUSTMENT', period, availableAt: at, sourceId: id, explanation },
      },
      { account: chartOfAccounts.platformAdjustments, amountMinor: differenceMinor, currency, reference },
    ],
  };
}
