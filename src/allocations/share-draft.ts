import type { ShareParty } from './allocation-share.entity.ts';

/** One party's part of an allocation, computed and not yet stored. */
export interface ShareDraft {
  readonly party: ShareParty;
  readonly partnerId: string | null;
  readonly termId: string | null;
  readonly touchpointId: string | null;
  /** Positive: the party gets it. */
  readonly amountMinor: bigint;
  /** What is posted for it: the amount, save in a reallocation, which posts what differs. */
  readonly postedMinor: bigint;
  readonly basisMinor: bigint;
  readonly explanation: string;
}

/** Whether two lists of shares give the same parties the same amounts by the same clauses, in the same order. */
export function sameShares(left: readonly ShareDraft[], right: readonly ShareDraft[]): boolean {
  return left.length === right.length && left.every((share, at) => isSame(share, right[at], POSTED));
}

/**
 * As `sameShares`, whatever was posted for them: what stands behind the shares of a split without an amount took the
 * place of something once, and gives nobody anything.
 *
 * @param stored as they stand in the tables
 */
export function sameSplit(stored: readonly ShareDraft[], split: readonly ShareDraft[]): boolean {
  return (
    split.every((share, at) => isSame(share, stored[at], DECISIVE)) &&
    stored.slice(split.length).every(({ amountMinor }) => amountMinor === 0n)
  );
}

function isSame(share: ShareDraft, other: ShareDraft | undefined, names: readonly (keyof ShareDraft)[]): boolean {
  return other !== undefined && names.every((name) => share[name] === other[name]);
}

/** The explanation is for people: its wording may get better without anybody getting more. */
const DECISIVE = ['party', 'partnerId', 'termId', 'touchpointId', 'amountMinor', 'basisMinor'] as const;
const POSTED = [...DECISIVE, 'postedMinor'] as const;
