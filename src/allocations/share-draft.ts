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
  return (
    left.length === right.length &&
    left.every((share, at) => {
      const other = right[at];
      return other !== undefined && DECISIVE.every((name) => share[name] === other[name]);
    })
  );
}

/** The explanation is for people: its wording may get better without anybody getting more. */
const DECISIVE = ['party', 'partnerId', 'termId', 'touchpointId', 'amountMinor', 'postedMinor', 'basisMinor'] as const;
