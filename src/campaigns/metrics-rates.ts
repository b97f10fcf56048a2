import type { MetricsSums } from './campaign-metrics.queries.ts';

/** The sum of rows; zeros for none. */
export function sumMetrics(rows: readonly MetricsSums[]): MetricsSums {
  const none = { impressions: 0, clicks: 0, registrations: 0, purchases: 0 };
  return rows.reduce<MetricsSums>(
    (sum, row) => ({
      impressions: sum.impressions + row.impressions,
      clicks: sum.clicks + row.clicks,
      registrations: sum.registrations + row.registrations,
      purchases: sum.purchases + row.purchases,
      revenueMinor: sum.revenueMinor + row.revenueMinor,
      refundedMinor: sum.refundedMinor + row.refundedMinor,
      costMinor: sum.costMinor + row.costMinor,
    }),
    { ...none, revenueMinor: 0n, refundedMinor: 0n, costMinor: 0n },
  );
}

/** What parties to a campaign compare; each is null when there is nothing to divide by. */
export interface MetricsRates {
  /** Clicks of impressions. */
  readonly ctr: number | null;
  /** Purchases of clicks. */
  readonly purchaseRate: number | null;
  /** (Revenue - refunds - cost) of cost. */
  readonly roi: number | null;
}

/** Rates of sums; never the mean of rates. */
export function ratesOf(sums: MetricsSums): MetricsRates {
  return {
    ctr: share(sums.clicks, sums.impressions),
    purchaseRate: share(sums.purchases, sums.clicks),
    roi: share(Number(sums.revenueMinor - sums.refundedMinor - sums.costMinor), Number(sums.costMinor)),
  };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
