import { chartOfAccounts } from '../ledger/index.ts';
import { guaranteeTopUp } from '../math/allocation/index.ts';
import type { AccountedEntry } from '../partner-accounts/index.ts';
import type { Month } from '../shared/month.ts';
import { formatIn } from './format-amount.ts';
import type { PostedTopUp } from './guarantee.queries.ts';
import type { Guarantee } from './guaranteed-windows.ts';

const DAY_MS = 86_400_000;

/** What is missing to a minimum when its window is looked at for the first time; none when nothing is. */
export function firstEntryOf(guarantee: Guarantee, earnedMinor: bigint): AccountedEntry[] {
  const { term, guaranteedMinor, windowName, window } = guarantee;
  const missingMinor = guaranteeTopUp({ earnedMinor, guaranteedMinor });
  if (missingMinor === 0n) return [];
  const format = formatIn(window.currency);
  const explanation =
    `At least ${format(guaranteedMinor)} is guaranteed for ${spanOf(windowName)} (clause ${term.clause}): ` +
    `${format(earnedMinor)} was earned, and ${format(missingMinor)} is added.`;
  return [entryOf({ ...placeOf(guarantee), entries: 0, amountMinor: missingMinor, explanation })];
}

/**
 * What a window that was looked at before is to get now, less what was posted for it; none when that is nothing.
 *
 * @param posted absent when nothing was
 */
export function lateEntryOf(
  guarantee: Guarantee,
  { earnedMinor, posted }: { earnedMinor: bigint; posted: PostedTopUp | undefined },
): AccountedEntry[] {
  const { term, guaranteedMinor, windowName, window } = guarantee;
  const missingMinor = guaranteeTopUp({ earnedMinor, guaranteedMinor });
  const { postedMinor = 0n, entries = 0 } = posted ?? {};
  if (missingMinor === postedMinor) return [];
  const format = formatIn(window.currency);
  const explanation =
    `At least ${format(guaranteedMinor)} is guaranteed for ${spanOf(windowName)} (clause ${term.clause}): as is known ` +
    `by now, ${format(earnedMinor)} was earned, and ${format(missingMinor)} is added in place of ${format(postedMinor)}.`;
  return [entryOf({ ...placeOf(guarantee), entries, amountMinor: missingMinor - postedMinor, explanation })];
}

/** What was posted for a window goes back, since no clause of the version that held guarantees anything for it. */
export function withdrawalOf(posted: PostedTopUp): AccountedEntry[] {
  const { key, clause, currency, postedMinor } = posted;
  if (postedMinor === 0n) return [];
  const windowName = key.split('/').at(-2) ?? posted.period;
  const explanation =
    `Clause ${clause} guarantees nothing for ${spanOf(windowName)}, as is known by now: ` +
    `the ${formatIn(currency)(postedMinor)} that was added is taken back.`;
  return [entryOf({ ...posted, amountMinor: -postedMinor, explanation })];
}

function spanOf(windowName: string): string {
  return windowName === 'ALL' ? 'the whole contract' : windowName;
}

function placeOf({ term, version, endsAt, window }: Guarantee) {
  const { key, partnerId, currency, toPeriod: period } = window;
  const availableAt = new Date(endsAt.getTime() + version.holdDays * DAY_MS);
  return { key, partnerId, currency, period, termId: term.id, effectiveAt: endsAt, availableAt };
}

interface TopUp extends Pick<PostedTopUp, 'key' | 'partnerId' | 'currency' | 'termId' | 'effectiveAt' | 'availableAt'> {
  /** In which the window ends. Once that is closed, the entry is late for it. */
  readonly period: Month;
  /** How many were posted before it. */
  readonly entries: number;
  /** Below zero takes back. */
  readonly amountMinor: bigint;
  readonly explanation: string;
}

function entryOf(topUp: TopUp): AccountedEntry {
  const { key, partnerId, currency, termId: sourceId, entries, amountMinor, effectiveAt } = topUp;
  const { period, availableAt, explanation } = topUp;
  const partnerEntry = { partnerId, kind: 'GUARANTEE' as const, period, availableAt, sourceId, explanation };
  const place = { currency, reference: key };
  return {
    idempotencyKey: entries === 0 ? key : `${key}/${entries}`,
    kind: 'GUARANTEE',
    reference: key,
    effectiveAt,
    postings: [
      { account: chartOfAccounts.platformGuarantees, amountMinor, ...place },
      { account: chartOfAccounts.partnerPayable(partnerId), amountMinor: -amountMinor, ...place, partnerEntry },
    ],
  };
}
