import { findPayables, type PayableParts } from '../partner-accounts/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { present } from '../shared/invariant.ts';
import { conditionsOf } from './payable.service.ts';
import { findPayoutTerms } from './payout-terms.queries.ts';
import { explainWithheld, payoutVerdict, type WithheldReason } from './payout-verdict.ts';

/** Few enough that the bank's answers come back in one call. */
export const MAX_PAYOUTS = 1_000;

export interface PlannedPayout {
  readonly partnerId: string;
  readonly amountMinor: bigint;
  readonly detailsId: string;
}

export interface PlannedExclusion {
  readonly partnerId: string;
  readonly reason: WithheldReason;
  readonly explanation: string;
  readonly payableMinor: bigint;
}

export interface PayoutPlan {
  /** By partner, so that everybody who locks their accounts does so in one order. */
  readonly payouts: readonly PlannedPayout[];
  /** Partners who are owed nothing are left out without a word. */
  readonly exclusions: readonly PlannedExclusion[];
}

/**
 * Who can be paid what in a currency. The largest sums come first, so that a full batch leaves out the smallest.
 *
 * @param cutOffAt what became available later is left for the next batch
 * @param at the instant by whose contracts the minimums are
 */
export async function planPayouts(
  em: EntityManager,
  { currency, cutOffAt, at }: { currency: string; cutOffAt: Date; at: Date },
): Promise<PayoutPlan> {
  const rows = rowsOf<object>(em);
  const parts = await findPayables(rows, { currency, at: cutOffAt });
  const partnerIds = parts.map(({ partnerId }) => partnerId);
  const terms = await findPayoutTerms(rows, { partnerIds, currency, at });
  const payouts: PlannedPayout[] = [];
  const exclusions: PlannedExclusion[] = [];
  for (const part of parts) {
    const { partnerId } = part;
    const own = present(terms.get(partnerId), 'the partner of an account');
    const { payoutMinor, reason } = payoutVerdict(conditionsOf(part, own));
    if (reason === 'NOTHING_OWED') continue;
    if (reason === null && payouts.length < MAX_PAYOUTS) {
      const detailsId = present(own.detailsId, 'the account of a partner that is paid');
      payouts.push({ partnerId, amountMinor: payoutMinor, detailsId });
    } else exclusions.push(exclusionOf(part, own, reason ?? 'BATCH_FULL'));
  }
  return { payouts: payouts.toSorted(byPartner), exclusions };
}

function exclusionOf(
  part: PayableParts,
  terms: Parameters<typeof conditionsOf>[1],
  reason: WithheldReason,
): PlannedExclusion {
  const { partnerId, payableMinor } = part;
  return { partnerId, reason, explanation: explainWithheld(reason, conditionsOf(part, terms)), payableMinor };
}

function byPartner(one: PlannedPayout, other: PlannedPayout): number {
  return one.partnerId < other.partnerId ? -1 : 1;
}
