import { type TermRow, type VersionInForce, versionAt } from '../contracts/index.ts';
import { present } from '../shared/invariant.ts';
import { endOfMonth, type Month, monthOf } from '../shared/month.ts';
import { ALL_TIME, type GuaranteedWindow } from './guarantee.queries.ts';
import { partnersOf } from './promise-parties.ts';
import type { PromisingContract } from './promises.queries.ts';

/** A minimum that was guaranteed to a partner for a window that is over. */
export interface Guarantee {
  readonly term: TermRow;
  readonly version: VersionInForce;
  readonly guaranteedMinor: bigint;
  /** As people name it: `2026-10`, `2026-Q4`, or `ALL`. */
  readonly windowName: string;
  /** The last instant of the window. */
  readonly endsAt: Date;
  readonly window: GuaranteedWindow;
}

/**
 * The guarantees of a contract whose window ends with a month: those of the version that held at the window's last
 * instant. The end of the contract ends every window.
 */
export function guaranteesEndingWith(period: Month, contract: PromisingContract): Guarantee[] {
  const timeZone = contract.versions[0]?.timeZone ?? 'UTC';
  const monthEnd = endOfMonth(period, timeZone);
  const isLast = contract.endsAt !== null && contract.endsAt <= monthEnd;
  const endsAt = new Date((isLast && contract.endsAt ? contract.endsAt : monthEnd).getTime() - 1);
  if (monthOf(endsAt, timeZone) !== period) return [];
  const version = versionAt(contract.versions, { soldAt: endsAt });
  return (version?.terms ?? [])
    .filter((term) => term.kind === 'MINIMUM_GUARANTEE')
    .flatMap((term) => {
      const span = spanOf(term, { period, isLast });
      return version && span
        ? partnersOf(term, contract).map((id) => guaranteeOf({ term, version, endsAt }, span, id))
        : [];
    });
}

interface Span {
  readonly windowName: string;
  readonly fromPeriod: Month;
  readonly toPeriod: Month;
}

/** The window of a guarantee that ends with the month; null when it goes on. */
function spanOf({ window }: TermRow, { period, isLast }: { period: Month; isLast: boolean }): Span | null {
  const [year, month] = [period.slice(0, 4), Number(period.slice(5))];
  switch (present(window, 'the window of a guarantee')) {
    case 'MONTH':
      return { windowName: period, fromPeriod: period, toPeriod: period };
    case 'QUARTER': {
      const quarter = Math.ceil(month / 3);
      const first = String(3 * quarter - 2).padStart(2, '0');
      if (month % 3 !== 0 && !isLast) return null;
      return { windowName: `${year}-Q${quarter}`, fromPeriod: `${year}-${first}`, toPeriod: period };
    }
    case 'CONTRACT':
      return isLast ? { windowName: 'ALL', fromPeriod: ALL_TIME, toPeriod: period } : null;
  }
}

function guaranteeOf(
  { term, version, endsAt }: Pick<Guarantee, 'term' | 'version' | 'endsAt'>,
  { windowName, fromPeriod, toPeriod }: Span,
  partnerId: string,
): Guarantee {
  const currency = term.currency ?? version.currency;
  const { contractId } = version;
  const { contentId, domainCode, module, campaignId, channel } = term;
  const key = `guarantee:${contractId}/${term.clause}/${partnerId}/${windowName}/${currency}`;
  const guaranteedMinor = present(term.amountMinor, 'the amount of a guarantee');
  const scope = { contentId, domainCode, module, campaignId, channel };
  const window = { key, contractId, partnerId, currency, fromPeriod, toPeriod, ...scope };
  return { term, version, guaranteedMinor, windowName, endsAt, window };
}
