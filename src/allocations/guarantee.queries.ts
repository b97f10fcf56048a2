import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Month } from '../shared/month.ts';

/** A guarantee of one window, and the sales that count for it. */
export interface GuaranteedWindow {
  readonly key: string;
  readonly contractId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly fromPeriod: Month;
  readonly toPeriod: Month;
  readonly contentId: string | null;
  readonly domainCode: string | null;
  readonly module: string | null;
  readonly campaignId: string | null;
  readonly channel: string | null;
}

/**
 * What partners earned of the sales in windows, less what was given back of these, whenever that was: what goes back of
 * an earlier window's sale is no loss that a later minimum makes up for. What paid an advance back was earned too.
 * Sales are found by when they were made, so that the rest of a contract's history is not read.
 *
 * @returns by the key of the window
 */
export async function findEarned(
  em: EntityManager,
  windows: readonly GuaranteedWindow[],
): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ key: string; earnedMinor: bigint }>`
    select guaranteed.key, coalesce(earned.minor, 0)::bigint as "earnedMinor"
    from jsonb_to_recordset(${JSON.stringify(windows)}) as guaranteed(
      key text, "contractId" uuid, "partnerId" uuid, currency text, "fromPeriod" text, "toPeriod" text,
      "contentId" uuid, "domainCode" text, module text, "campaignId" text, channel text)
    cross join lateral (
      select sum(share.posted_minor) as minor
      from contract_versions version
      join allocations sale on sale.contract_version_id = version.id and sale.kind = 'SALE'
      join allocations allocation on allocation.order_item_id = sale.order_item_id
      join allocation_shares share on share.allocation_id = allocation.id
      join order_items item on item.id = sale.order_item_id
      left join contract_terms term on term.id = share.term_id
      where version.contract_id = guaranteed."contractId" and sale.currency = guaranteed.currency
        and sale.period between guaranteed."fromPeriod" and guaranteed."toPeriod"
        -- No time zone is two days from UTC.
        and sale.effective_at >= case guaranteed."fromPeriod" when ${ALL_TIME} then '-infinity'
          else to_date(guaranteed."fromPeriod", 'YYYY-MM') - interval '2 days' end
        and sale.effective_at < to_date(guaranteed."toPeriod", 'YYYY-MM') + interval '1 month 2 days'
        and share.partner_id = guaranteed."partnerId" and share.party = 'PARTNER'
        and term.kind is distinct from 'ADVANCE'
        and (guaranteed."contentId" is null or item.content_id = guaranteed."contentId")
        and (guaranteed."domainCode" is null or item.domain_code = guaranteed."domainCode")
        and (guaranteed.module is null or item.module = guaranteed.module)
        and (guaranteed."campaignId" is null or sale.facts -> 'scope' ->> 'campaignId' = guaranteed."campaignId")
        and (guaranteed.channel is null or sale.facts -> 'scope' ->> 'channel' = guaranteed.channel)
    ) earned`.execute(rowsOf(em));
  return new Map(rows.map(({ key, earnedMinor }) => [key, earnedMinor]));
}

/** The first period of a window that has no beginning: before every month. */
export const ALL_TIME: Month = '0000-00';

/** Of a contract, windows that end with a month. */
export interface ContractMonth {
  readonly contractId: string;
  readonly period: Month;
}

/** What was posted for one window of a guarantee until now, in however many entries. */
export interface PostedTopUp extends ContractMonth {
  /** That of the window. */
  readonly key: string;
  readonly clause: string;
  readonly termId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly effectiveAt: Date;
  readonly availableAt: Date;
  readonly postedMinor: bigint;
  readonly entries: number;
}

/** What was posted for windows that end with months, those too of clauses that there are no more. */
export async function findPostedTopUps(em: EntityManager, months: readonly ContractMonth[]): Promise<PostedTopUp[]> {
  const wanted = months.map(({ contractId, period }) => ({ contractId, period }));
  const { rows } = await sql<PostedTopUp>`
    select version.contract_id as "contractId", entry.period::text as period, posting.reference as key,
           min(term.clause) as clause, min(term.id::text) as "termId", entry.partner_id as "partnerId", entry.currency,
           max(entry.effective_at) as "effectiveAt", max(entry.available_at) as "availableAt",
           sum(entry.amount_minor)::bigint as "postedMinor", count(*)::int as entries
    from jsonb_to_recordset(${JSON.stringify(wanted)}) as month("contractId" uuid, period text)
    join contract_versions version on version.contract_id = month."contractId"
    join contract_terms term on term.version_id = version.id and term.kind = 'MINIMUM_GUARANTEE'
    join partner_entries entry on entry.source_id = term.id and entry.kind = 'GUARANTEE'
      and entry.period::text = month.period
    join ledger_postings posting on posting.id = entry.posting_id
    group by version.contract_id, entry.period, posting.reference, entry.partner_id, entry.currency`.execute(
    rowsOf(em),
  );
  return rows;
}

/**
 * The months of sales of which something was booked since the last closing: those that were sold before a month and
 * are late, split anew, or paid back. What no statement shows yet is just that, and has an index of its own, so that
 * the history of the partners is not read.
 *
 * @param partnerIds of whom anything is guaranteed
 */
export async function findMonthsTouched(
  em: EntityManager,
  { contractIds, partnerIds, before }: { contractIds: readonly string[]; partnerIds: readonly string[]; before: Month },
): Promise<ContractMonth[]> {
  const { rows } = await sql<ContractMonth>`
    select distinct version.contract_id as "contractId", sale.period::text as period
    from partner_entries entry
    join allocation_shares share on share.id = entry.share_id
    join allocations allocation on allocation.id = share.allocation_id
    join contract_versions version on version.id = allocation.contract_version_id
    join allocations sale on sale.order_item_id = allocation.order_item_id and sale.kind = 'SALE'
    where entry.statement_id is null and entry.partner_id = any(${partnerIds}::uuid[])
      and (entry.period::text < ${before} or entry.kind in ('REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL'))
      and version.contract_id = any(${contractIds}::uuid[]) and sale.period::text < ${before}`.execute(rowsOf(em));
  return rows;
}
