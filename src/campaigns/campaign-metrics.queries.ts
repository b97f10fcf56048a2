import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import type { Channel } from './campaign.entity.ts';
import { checkSpan, type Granularity, type MetricsSpan } from './metrics-span.ts';

/** Counts, and amounts in the campaign's currency. */
export interface MetricsSums {
  readonly impressions: number;
  readonly clicks: number;
  readonly registrations: number;
  readonly purchases: number;
  readonly revenueMinor: bigint;
  readonly refundedMinor: bigint;
  readonly costMinor: bigint;
}

export interface MetricsRow extends MetricsSums {
  readonly campaignId: string;
  /** First day of the bucket, UTC; before the span when the span begins within a week or month. */
  readonly start: string;
}

export interface BreakdownRow extends MetricsSums {
  readonly campaignId: string;
  /** Null when the breakdown is by channel. */
  readonly partnerId: string | null;
  /** Null when the breakdown is by partner. */
  readonly channel: Channel | null;
}

export const BREAKDOWNS = ['PARTNER', 'CHANNEL'] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];

const SUMS = sql`
  coalesce(sum(m.impressions), 0)::int as impressions, coalesce(sum(m.clicks), 0)::int as clicks,
  coalesce(sum(m.registrations), 0)::int as registrations, coalesce(sum(m.purchases), 0)::int as purchases,
  coalesce(sum(m.revenue_minor), 0)::bigint as "revenueMinor",
  coalesce(sum(m.refunded_minor), 0)::bigint as "refundedMinor", coalesce(sum(m.cost_minor), 0)::bigint as "costMinor"`;

/**
 * A row for every bucket of the span and campaign, zeros where nothing happened; by time. Weeks begin on Monday.
 *
 * @throws InvalidInputError for a span that is none, or too long
 */
export async function findMetrics(
  database: Database,
  { campaignIds, from, to, granularity }: MetricsSpan & { campaignIds: readonly string[]; granularity: Granularity },
): Promise<MetricsRow[]> {
  checkSpan({ from, to });
  const unit = granularity.toLowerCase();
  const { rows } = await sql<MetricsRow>`
    select k.id as "campaignId", to_char(b.start, 'YYYY-MM-DD') as start, ${SUMS}
    from unnest(${campaignIds}::uuid[]) k(id)
    cross join generate_series(date_trunc(${unit}::text, ${from}::timestamp), ${to}::timestamp,
                               ('1 ' || ${unit}::text)::interval) b(start)
    left join campaign_metrics_daily m on m.campaign_id = k.id and m.day between ${from}::date and ${to}::date
      and date_trunc(${unit}::text, m.day::timestamp) = b.start
    group by k.id, b.start order by b.start`.execute(database.read());
  return rows;
}

/**
 * The sums of a span by partner or by channel, the highest revenue first.
 *
 * @throws InvalidInputError for a span that is none, or too long
 */
export async function findBreakdown(
  database: Database,
  { campaignIds, from, to, by }: MetricsSpan & { campaignIds: readonly string[]; by: Breakdown },
): Promise<BreakdownRow[]> {
  checkSpan({ from, to });
  const { rows } = await sql<BreakdownRow>`
    select m.campaign_id as "campaignId", ${keyOf(by)}, ${SUMS}
    from campaign_metrics_daily m
    where m.campaign_id = any(${campaignIds}::uuid[]) and m.day between ${from}::date and ${to}::date
    group by 1, 2, 3 order by "revenueMinor" desc, 2, 3`.execute(database.read());
  return rows;
}

function keyOf(by: Breakdown): RawBuilder<unknown> {
  return by === 'PARTNER'
    ? sql`m.partner_id as "partnerId", null::text as channel`
    : sql`null::uuid as "partnerId", m.channel`;
}
