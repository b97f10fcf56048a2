import { DateTime } from 'luxon';
import { present } from '../shared/invariant.ts';
import type { CapWindow } from './contract-term.entity.ts';
import type { TermRow, TermWords } from './term-row.ts';

/** Something that a clause counts over sales. A later version with the same clause number goes on counting. */
export interface CounterKey {
  /** COUNTED: the basis that tiers depend on. TAKEN: what a capped share, or the recoupment of an advance, has taken. */
  readonly kind: 'COUNTED' | 'TAKEN';
  readonly clause: string;
  /** Whose: a partner's id, PLATFORM or CAMPAIGN_POOL. */
  readonly subject: string;
  /** `2026-10`, `2026-Q4`, or `ALL` for the whole contract. */
  readonly window: string;
}

/** What a clause has counted before a sale, in minor units. */
export interface TermCounters {
  readonly countedMinor: bigint;
  readonly takenMinor: bigint;
}

/**
 * What a sale at an instant makes a term count. A cap on each sale counts nothing.
 *
 * @param timeZone IANA name: that of the contract, in which months and quarters begin
 */
export function counterKeysOf(
  term: TermRow,
  { ownerPartnerId, at, timeZone }: { ownerPartnerId: string; at: Date; timeZone: string },
): CounterKey[] {
  const { clause, kind, capWindow } = term;
  const subject = subjectOf(term, ownerPartnerId);
  const inWindow = (window: Exclude<CapWindow, 'SALE'>) => windowAt(window, { at, timeZone });
  const keys: CounterKey[] = [];
  if (kind === 'TIERED') {
    keys.push({ kind: 'COUNTED', clause, subject, window: inWindow(present(term.window, 'the window of tiers')) });
  }
  if (kind === 'ADVANCE') keys.push({ kind: 'TAKEN', clause, subject, window: inWindow('CONTRACT') });
  if (capWindow !== null && capWindow !== 'SALE') {
    keys.push({ kind: 'TAKEN', clause, subject, window: inWindow(capWindow) });
  }
  return keys;
}

/** Whether the term counts anything, so that its clause number must be its own. */
export function counts({ kind, capWindow }: TermWords): boolean {
  const isCapped = capWindow !== null && capWindow !== 'SALE';
  return kind === 'TIERED' || kind === 'ADVANCE' || kind === 'MINIMUM_GUARANTEE' || isCapped;
}

/** The window that an instant lies in, by name: `2026-10`, `2026-Q4`, `ALL`. @param place in which time zone */
export function windowAt(window: Exclude<CapWindow, 'SALE'>, { at, timeZone }: { at: Date; timeZone: string }): string {
  if (window === 'CONTRACT') return 'ALL';
  const local = DateTime.fromJSDate(at, { zone: timeZone });
  return local.toFormat(window === 'MONTH' ? 'yyyy-MM' : "yyyy-'Q'q");
}

function subjectOf({ beneficiary, partnerId }: TermRow, ownerPartnerId: string): string {
  if (beneficiary === 'CONTENT_OWNER') return ownerPartnerId;
  return beneficiary === 'PARTNER' ? present(partnerId, 'the partner of a term') : (beneficiary ?? 'NOBODY');
}
