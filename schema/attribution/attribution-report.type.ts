import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type AttributionModelName,
  type AttributionReport,
  REPORT_DIMENSIONS,
  type ReportRow,
  toDecimals,
} from '../../src/attribution/index.ts';
import type { Channel } from '../../src/campaigns/index.ts';
import { ChannelEnum } from '../campaigns/campaign.type.ts';
import { build } from '../shared/build.ts';
import { enumOf } from '../shared/enum.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { AttributionModelEnum } from './attribution.type.ts';

export const ReportDimensionEnum = enumOf(REPORT_DIMENSIONS);
registerEnumType(ReportDimensionEnum, {
  name: 'AttributionDimension',
  description: 'What tells the rows of a report apart.',
});

@ObjectType('AttributionReportRow', { description: 'What was earned.' })
export class AttributionReportRowType {
  /** Not part of the API. */
  readonly partnerId: string | null;

  /** Not part of the API. */
  readonly campaignId: string | null;

  @Field(() => ChannelEnum, { nullable: true, description: 'The channel; absent unless it tells rows apart.' })
  readonly channel: Channel | null;

  @Field(() => String, {
    description: 'Conversions earned, in parts, with six decimals; the rows of a currency sum to its total.',
  })
  readonly conversions: string;

  @Field(() => MoneyType, { description: 'Value of these parts less refunds: a row for each currency.' })
  readonly value: MoneyType;
}

@ObjectType('AttributionReportTotal', { description: 'All that was earned in one currency.', simpleResolvers: true })
export class AttributionReportTotal {
  @Field(() => String, { description: 'Conversions that any campaign led to, with six decimals.' })
  readonly conversions: string;

  @Field(() => MoneyType, { description: 'Their value less refunds.' })
  readonly value: MoneyType;
}

@ObjectType('AttributionReport', {
  description:
    'What the conversions of some days brought to whom over all campaigns. The total is the same whatever the rows are ' +
    'told apart by, to the minor unit.',
})
export class AttributionReportType {
  @Field(() => AttributionModelEnum, { description: 'The model.' })
  readonly model: AttributionModelName;

  @Field(() => [Int], {
    description:
      'Of MARKOV the versions of removal effects behind it, the newest first: more than one while campaigns are shared anew.',
  })
  readonly effectsVersions: readonly number[];

  @Field(() => [AttributionReportRowType], { description: 'By currency, then the highest value first.' })
  readonly rows: readonly AttributionReportRowType[];

  @Field(() => [AttributionReportTotal], { description: 'A total for each currency.' })
  readonly totals: readonly AttributionReportTotal[];
}

export function toAttributionReport({ question, rows, effectsVersions }: AttributionReport): AttributionReportType {
  const currencies = [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, some]) =>
    toCurrency(currency, some),
  );
  return build(AttributionReportType, {
    model: question.model,
    effectsVersions,
    rows: currencies.flatMap((currency) => currency.rows),
    totals: currencies.map(({ total }) => total),
  });
}

function toCurrency(currency: string, rows: readonly ReportRow[]) {
  const { parts, total } = toDecimals(rows.map(({ credit }) => credit));
  const valueMinor = rows.reduce((sum, row) => sum + row.valueMinor, 0n);
  return {
    total: build(AttributionReportTotal, { conversions: total, value: toMoney(valueMinor, currency) }),
    rows: rows.map(({ partnerId, channel, campaignId, valueMinor: minor }, at) =>
      build(AttributionReportRowType, {
        partnerId,
        channel,
        campaignId,
        conversions: parts[at] ?? '',
        value: toMoney(minor, currency),
      }),
    ),
  };
}
