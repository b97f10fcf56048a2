import type { PartnerState } from '../partners/index.ts';
import { Money } from '../shared/money.ts';

/** Why a partner is not paid out now. */
export const WITHHELD_REASONS = [
  'NEGATIVE_BALANCE',
  'UNDER_WAY',
  'NOT_AVAILABLE_YET',
  'NOTHING_OWED',
  'PARTNER_NOT_ACTIVE',
  'NO_PAYOUT_DETAILS',
  'BELOW_MINIMUM',
  'BATCH_FULL',
  'BALANCE_CHANGED',
] as const;
export type WithheldReason = (typeof WITHHELD_REASONS)[number];

/** What decides whether money that is payable is paid out. */
export interface PayoutConditions {
  readonly currency: string;
  readonly payableMinor: bigint;
  readonly waitingMinor: bigint;
  readonly underWayMinor: bigint;
  readonly minimumMinor: bigint;
  readonly partnerState: PartnerState;
  readonly hasDetails: boolean;
}

/** What the next batch does for a partner. The two amounts sum to what is payable. */
export interface PayoutVerdict {
  readonly payoutMinor: bigint;
  /** What stays for later; negative when later earnings have to recover it. */
  readonly carriedOverMinor: bigint;
  /** Null when everything that is payable is paid out. */
  readonly reason: WithheldReason | null;
}

/** All that is payable is paid, or nothing is, for one reason. */
export function payoutVerdict(conditions: PayoutConditions): PayoutVerdict {
  const reason = withheldReason(conditions);
  const { payableMinor } = conditions;
  return reason === null
    ? { payoutMinor: payableMinor, carriedOverMinor: 0n, reason }
    : { payoutMinor: 0n, carriedOverMinor: payableMinor, reason };
}

function withheldReason(conditions: PayoutConditions): WithheldReason | null {
  const { payableMinor, underWayMinor, waitingMinor, minimumMinor, partnerState, hasDetails } = conditions;
  if (payableMinor < 0n) return 'NEGATIVE_BALANCE';
  if (payableMinor === 0n) {
    if (underWayMinor > 0n) return 'UNDER_WAY';
    return waitingMinor > 0n ? 'NOT_AVAILABLE_YET' : 'NOTHING_OWED';
  }
  if (partnerState !== 'ACTIVE' && partnerState !== 'APPROVED') return 'PARTNER_NOT_ACTIVE';
  if (!hasDetails) return 'NO_PAYOUT_DETAILS';
  return payableMinor < minimumMinor ? 'BELOW_MINIMUM' : null;
}

/** The reason in one sentence, with its figures. */
export function explainWithheld(reason: WithheldReason, conditions: PayoutConditions): string {
  const { currency, payableMinor, waitingMinor, underWayMinor, minimumMinor, partnerState } = conditions;
  const money = (minor: bigint) => Money.ofMinor(minor, currency).toString();
  switch (reason) {
    case 'NEGATIVE_BALANCE':
      return `${money(-payableMinor)} went back after it was paid out: later earnings make up for it first.`;
    case 'UNDER_WAY':
      return `${money(underWayMinor)} is under way in another batch.`;
    case 'NOT_AVAILABLE_YET':
      return `${money(waitingMinor)} is earned and cannot be paid out yet.`;
    case 'NOTHING_OWED':
      return 'Nothing is owed.';
    case 'PARTNER_NOT_ACTIVE':
      return `The partner is ${partnerState}: its money is kept.`;
    case 'NO_PAYOUT_DETAILS':
      return 'The partner has not said to which account its money goes.';
    case 'BELOW_MINIMUM':
      return `${money(payableMinor)} is less than the ${money(minimumMinor)} from which the contract pays out.`;
    case 'BATCH_FULL':
      return 'The batch has as many payouts as it can: the next one takes it.';
    case 'BALANCE_CHANGED':
      return 'Money went back while the batch was made: the next one takes what is left.';
  }
}
