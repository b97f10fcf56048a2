import { endOfMonth, type Month, monthOf, nextMonth, previousMonth } from '../shared/month.ts';
import type { PromisingContract } from './promises.queries.ts';

/** Clocks of two machines do not differ by more: what was signed so long before a month is known in it. */
const CLOCKS_DIFFER_MS = 24 * 3_600_000;

/**
 * The closed months whose windows may have to be made up for since they were last looked at: those of the sales of
 * which something was booked since, and those in which a version signed since holds. A window is named by the month
 * with which it ends.
 *
 * @param look.period the month that is being closed
 * @param look.firstClosed the first month that ever was; nobody has looked at windows before it
 * @param look.soldIn months of sales of the contract that were touched since the last closing
 */
export function monthsToLookAt(
  contract: PromisingContract,
  { period, firstClosed, soldIn }: { period: Month; firstClosed: Month; soldIn: readonly Month[] },
): Month[] {
  const timeZone = contract.versions[0]?.timeZone ?? 'UTC';
  const last = contract.endsAt ? [monthOf(new Date(contract.endsAt.getTime() - 1), timeZone)] : [];
  const touched = soldIn.flatMap((month) => [month, endOfQuarter(month), ...last]);
  const since = endOfMonth(previousMonth(period), timeZone).getTime() - CLOCKS_DIFFER_MS;
  const amended = contract.versions
    .filter(({ recordedAt }) => recordedAt !== null && recordedAt.getTime() >= since)
    .map(({ effectiveFrom }) => monthOf(effectiveFrom, timeZone));
  const from = amended.sort()[0] ?? period;
  for (let month = from < firstClosed ? firstClosed : from; month < period; month = nextMonth(month)) {
    touched.push(month);
  }
  return [...new Set(touched)].filter((month) => month >= firstClosed && month < period).sort();
}

function endOfQuarter(month: Month): Month {
  const last = 3 * Math.ceil(Number(month.slice(5)) / 3);
  return `${month.slice(0, 4)}-${String(last).padStart(2, '0')}`;
}
