import { Field, Float, Int, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import {
  BREAKDOWNS,
  type BreakdownRow,
  type Channel,
  GRANULARITIES,
  type MetricsRow,
  type MetricsSums,
  ratesOf,
  sumMetrics,
} from '../../src/campaigns/index.ts';
import { build } from '../shared/build.ts';
import { enumOf } from '../shared/enum.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { ChannelEnum } from './campaign.type.ts';

export const GranularityEnum = enumOf(GRANULARITIES);
registerEnumType(GranularityEnum, {
  name: 'Granularity',
  description: 'Length of a bucket of time; weeks begin on Monday.',
});

export const BreakdownEnum = enumOf(BREAKDOWNS);
registerEnumType(BreakdownEnum, { name: 'CampaignBreakdownKey', description: 'By what figures are told apart.' });

@InterfaceType('CampaignFigures', {
  description:
    'What a campaign brought. A conversion counts on its own day for the last touchpoint that has it in its window, and so for one campaign, partner and channel at most.',
})
export abstract class CampaignFigures {
  @Field(() => Int, { description: 'Times that it was shown.' })
  readonly impressions: number;

  @Field(() => Int, { description: 'Clicks.' })
  readonly clicks: number;

  @Field(() => Float, { nullable: true, description: 'Clicks divided by impressions; absent without impressions.' })
  readonly ctr: number | null;

  @Field(() => Int, { description: 'Registrations.' })
  readonly registrations: number;

  @Field(() => Int, { description: 'Purchases, in whatever currency.' })
  readonly purchases: number;

  @Field(() => Float, { nullable: true, description: 'Purchases divided by clicks; absent without clicks.' })
  readonly purchaseRate: number | null;

  @Field(() => MoneyType, {
    description: 'Value of the purchases in the currency of the campaign, refunds not taken off.',
  })
  readonly revenue: MoneyType;

  @Field(() => MoneyType, { description: 'What was paid back of that revenue since, on the day of the purchase.' })
  readonly refunds: MoneyType;

  @Field(() => MoneyType, { description: 'What the partners spent.' })
  readonly cost: MoneyType;

  @Field(() => Float, {
    nullable: true,
    description: '(revenue - refunds - cost) divided by cost; absent without cost.',
  })
  readonly roi: number | null;
}

@ObjectType('CampaignTotals', { implements: CampaignFigures, description: 'All of a span.', simpleResolvers: true })
export class CampaignTotals extends CampaignFigures {}

@ObjectType('CampaignMetricsRow', {
  implements: CampaignFigures,
  description: 'One bucket of time.',
  simpleResolvers: true,
})
export class CampaignMetricsRow extends CampaignFigures {
  @Field(() => String, { description: 'First day of the bucket in UTC: "2026-10-31".' })
  readonly start: string;
}

@ObjectType('CampaignBreakdownRow', { implements: CampaignFigures, description: 'The part of one partner or channel.' })
export class CampaignBreakdownRow extends CampaignFigures {
  /** Not part of the API. */
  readonly partnerId: string | null;

  @Field(() => ChannelEnum, { nullable: true, description: 'The channel; absent in a breakdown by partner.' })
  readonly channel: Channel | null;
}

@ObjectType('CampaignMetrics', { description: 'Figures over time, as last worked out.', simpleResolvers: true })
export class CampaignMetricsType {
  @Field(() => [CampaignMetricsRow], { description: 'Every bucket of the span, also those in which nothing happened.' })
  readonly rows: readonly CampaignMetricsRow[];

  @Field(() => CampaignTotals, { description: 'The span as a whole.' })
  readonly totals: CampaignTotals;
}

export function toCampaignMetrics(rows: readonly MetricsRow[], currency: string): CampaignMetricsType {
  return build(CampaignMetricsType, {
    rows: rows.map((row) => build(CampaignMetricsRow, { start: row.start, ...figuresOf(row, currency) })),
    totals: build(CampaignTotals, figuresOf(sumMetrics(rows), currency)),
  });
}

export function toBreakdownRow(row: BreakdownRow, currency: string): CampaignBreakdownRow {
  const { partnerId, channel } = row;
  return build(CampaignBreakdownRow, { partnerId, channel, ...figuresOf(row, currency) });
}

function figuresOf(sums: MetricsSums, currency: string) {
  const { impressions, clicks, registrations, purchases } = sums;
  return {
    ...{ impressions, clicks, registrations, purchases },
    revenue: toMoney(sums.revenueMinor, currency),
    refunds: toMoney(sums.refundedMinor, currency),
    cost: toMoney(sums.costMinor, currency),
    ...ratesOf(sums),
  };
}
