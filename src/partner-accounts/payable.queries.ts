import { type Kysely, type RawBuilder, sql } from 'kysely';
import { chartOfAccounts } from '../ledger/index.ts';
import type { Month } from '../shared/month.ts';

/**
 * What a partner could be paid in one currency, and what it is made of. Available, deducted and paid out less under way
 * is payable; available, waiting, deducted and paid out are the balance of the account.
 */
export interface PayableParts {
  readonly partnerId: string;
  readonly currency: string;
  /** Earned, on a closed statement, and past its hold days. */
  readonly availableMinor: bigint;
  /** Earned, and not both of that yet. */
  readonly waitingMinor: bigint;
  /** What went back: counts at once. Zero or negative. */
  readonly deductedMinor: bigint;
  /** Payouts less what the bank returned. Zero or negative. */
  readonly paidOutMinor: bigint;
  /** Kept for payouts that the bank has not answered for. */
  readonly underWayMinor: bigint;
  /** Negative when more went back than was left: later earnings make up for it. */
  readonly payableMinor: bigint;
}

/** Earnings that cannot be paid out yet. */
export interface WaitingPart {
  readonly partnerId: string;
  /** Month on whose statement they are, or will be at the earliest. */
  readonly period: Month;
  /** CLOSING: for their month to be closed, and then for their hold days. HOLD_DAYS: for these alone. */
  readonly waitsFor: 'CLOSING' | 'HOLD_DAYS';
  /** From when on all of it is past its hold days. */
  readonly availableAt: Date;
  readonly amountMinor: bigint;
}

const IS_EARNING = sql<boolean>`entry.amount_minor > 0 and entry.kind <> 'PAYOUT_RETURN'`;
/** What the bank returned was available when it was paid, and is so again. */
const IS_PAYOUT = sql<boolean>`entry.kind in ('PAYOUT', 'PAYOUT_RETURN')`;

function isAvailable(at: Date): RawBuilder<boolean> {
  return sql<boolean>`(entry.statement_id is not null and entry.available_at <= ${at})`;
}

/**
 * Payable amounts as a table expression with the columns `partner_id, currency, available, waiting, deducted, paid_out,
 * under_way, payable`. One statement over one snapshot: money that moves from a hold to a posting meanwhile is in one of
 * the two.
 *
 * @param condition on `entry`
 */
export function payables(at: Date, condition: RawBuilder<boolean>): RawBuilder<unknown> {
  const [before, after] = chartOfAccounts.partnerPayable('#').code.split('#');
  return sql`(
    select part.*, part.available + part.deducted + part.paid_out - part.under_way as payable
    from (
      select sums.*, coalesce(held.amount, 0)::bigint as under_way
      from (
        select entry.partner_id, entry.currency,
               coalesce(sum(entry.amount_minor) filter (where ${IS_EARNING} and ${isAvailable(at)}), 0)::bigint as available,
               coalesce(sum(entry.amount_minor) filter (where ${IS_EARNING} and not ${isAvailable(at)}), 0)::bigint as waiting,
               coalesce(sum(entry.amount_minor) filter (where entry.amount_minor < 0 and not ${IS_PAYOUT}), 0)::bigint as deducted,
               coalesce(sum(entry.amount_minor) filter (where ${IS_PAYOUT}), 0)::bigint as paid_out
        from partner_entries entry where ${condition} group by entry.partner_id, entry.currency) sums
      left join lateral (
        select sum(hold.amount_minor) as amount
        from ledger_accounts account join ledger_holds hold on hold.account_id = account.id
        where account.code = ${before} || sums.partner_id || ${after} and account.currency = sums.currency
          and hold.state = 'PENDING') held on true) part)`;
}

const columns = sql`payable.partner_id as "partnerId", payable.currency, payable.available as "availableMinor",
  payable.waiting as "waitingMinor", payable.deducted as "deductedMinor", payable.paid_out as "paidOutMinor",
  payable.under_way as "underWayMinor", payable.payable as "payableMinor"`;

/** Of one partner. Zeros where nothing was ever posted. */
export async function findPayable(
  rows: Kysely<object>,
  { partnerId, currency, at }: { partnerId: string; currency: string; at: Date },
): Promise<PayableParts> {
  const { rows: found } = await sql<PayableParts>`
    select ${columns} from ${payables(at, ofAccount(partnerId, currency))} payable`.execute(rows);
  return found[0] ?? { partnerId, currency, ...NOTHING };
}

const NOTHING = {
  availableMinor: 0n,
  waitingMinor: 0n,
  deductedMinor: 0n,
  paidOutMinor: 0n,
  underWayMinor: 0n,
  payableMinor: 0n,
};

function ofAccount(partnerId: string, currency: string): RawBuilder<boolean> {
  return sql<boolean>`entry.partner_id = ${partnerId}::uuid and entry.currency = ${currency}`;
}

/**
 * Of every partner with an account in the currency, the largest first, ties by partner.
 *
 * @param page absent for all of them
 */
export async function findPayables(
  rows: Kysely<object>,
  { currency, at }: { currency: string; at: Date },
  page?: { limit: number; after: { payableMinor: bigint; partnerId: string } | null },
): Promise<PayableParts[]> {
  const after = page?.after
    ? sql`where (payable.payable, payable.partner_id) < (${page.after.payableMinor}::bigint, ${page.after.partnerId}::uuid)`
    : sql``;
  const { rows: found } = await sql<PayableParts>`
    select ${columns} from ${payables(at, sql<boolean>`entry.currency = ${currency}`)} payable ${after}
    order by payable.payable desc, payable.partner_id desc limit ${page?.limit ?? null}`.execute(rows);
  return found;
}

/** What waits of partners, the earliest first: one part for each month and day, in UTC, of the last hold day. */
export async function findWaitingParts(
  rows: Kysely<object>,
  { partnerIds, currency, at }: { partnerIds: readonly string[]; currency: string; at: Date },
): Promise<WaitingPart[]> {
  const { rows: found } = await sql<WaitingPart>`
    select "partnerId", period, "waitsFor", max(available_at) as "availableAt", sum(amount_minor)::bigint as "amountMinor"
    from (
      select entry.partner_id as "partnerId", entry.period, entry.amount_minor, entry.available_at,
             case when entry.statement_id is null then 'CLOSING' else 'HOLD_DAYS' end as "waitsFor"
      from partner_entries entry
      where entry.partner_id = any(${partnerIds}::uuid[]) and entry.currency = ${currency}
        and ${IS_EARNING} and not ${isAvailable(at)}) part
    group by "partnerId", period, "waitsFor", date_trunc('day', available_at, 'UTC')
    order by "availableAt", period, "waitsFor"`.execute(rows);
  return found;
}
