import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  ATTRIBUTION_MODEL_NAMES,
  type AttributionModelName,
  type CreditRow,
  type CurrentAttribution,
  type RunRow,
  toDecimals,
} from '../../src/attribution/index.ts';
import type { Channel } from '../../src/campaigns/index.ts';
import { ChannelEnum } from '../campaigns/campaign.type.ts';
import { build } from '../shared/build.ts';
import { enumOf } from '../shared/enum.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';

export const AttributionModelEnum = enumOf(ATTRIBUTION_MODEL_NAMES);
registerEnumType(AttributionModelEnum, {
  name: 'AttributionModel',
  description: 'How a conversion is shared among the touchpoints before it.',
  valuesConfig: {
    FIRST_TOUCH: { description: 'All to the first one.' },
    LAST_TOUCH: { description: 'All to the last one.' },
    LINEAR: { description: 'The same to each; repeats count.' },
    POSITION: {
      description: '40 % to the first, 40 % to the last, 20 % shared by those between; of two half each, of one all.',
    },
    TIME_DECAY: { description: 'Half as much for every 7 days that it was earlier; in billionths of a conversion.' },
    MARKOV: {
      description:
        "In proportion to removal effects: what part of all conversions would be lost without a partner's channel in a " +
        'campaign, in a Markov chain of the journeys of everybody. They are learnt daily; each run names their version.',
    },
    SHAPLEY: {
      description:
        "The Shapley value: the same to each partner's channel in a campaign, shared among its touchpoints; repeats do " +
        'not count.',
    },
  },
});

@ObjectType('AttributionRun', { description: 'One computation of credit. Kept for good.', simpleResolvers: true })
export class AttributionRunType {
  /** Not part of the API. */
  readonly runId: string;

  @Field(() => Int, { description: '1, 2, 3, ... within campaign and model: the highest is the current one.' })
  readonly number: number;

  @Field(() => Date, { description: 'When it was worked out.' })
  readonly computedAt: Date;

  @Field(() => Int, { description: 'Conversions that led through the campaign, wholly or in part.' })
  readonly conversions: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Of MARKOV the version of removal effects that it shared by; absent for the other models.',
  })
  readonly effectsVersion: number | null;
}

@ObjectType('AttributionRow', { description: "What one partner's channel earned." })
export class AttributionRowType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => ChannelEnum, { description: 'The channel.' })
  readonly channel: Channel;

  @Field(() => String, { description: 'Conversions earned, in parts, with six decimals; the rows sum to the total.' })
  readonly conversions: string;

  @Field(() => MoneyType, {
    description: 'Value of these parts less refunds, in the currency of the conversions: a row for each currency.',
  })
  readonly value: MoneyType;

  @Field(() => Float, {
    nullable: true,
    description: 'Part of the total value of its currency; absent when that is zero.',
  })
  readonly share: number | null;
}

@ObjectType('AttributionTotal', { description: 'What a campaign earned.', simpleResolvers: true })
export class AttributionTotal {
  @Field(() => String, { description: 'Conversions earned, in parts, with six decimals.' })
  readonly conversions: string;

  @Field(() => [MoneyType], { description: 'Value less refunds, an amount for each currency of the conversions.' })
  readonly values: readonly MoneyType[];
}

@ObjectType('Attribution', {
  description:
    'What a campaign earned of the conversions that led through it. Each is shared over the whole journey of the person through all campaigns, clicks and views as far as their windows reach, so that all campaigns together earn it once.',
  simpleResolvers: true,
})
export class AttributionType {
  @Field(() => AttributionModelEnum, { description: 'The model.' })
  readonly model: AttributionModelName;

  @Field(() => Boolean, { description: 'Whether a newer run is wanted or under way.' })
  readonly computing: boolean;

  @Field(() => AttributionRunType, {
    nullable: true,
    description: 'The run that is told here; absent as long as there is none: it is never worked out on request.',
  })
  readonly run: AttributionRunType | null;

  @Field(() => AttributionTotal, { nullable: true, description: 'The sum of the rows; absent without a run.' })
  readonly total: AttributionTotal | null;

  @Field(() => [AttributionRowType], { description: 'By partner, channel and currency, the highest value first.' })
  readonly rows: readonly AttributionRowType[];
}

export function toAttributionRun(row: RunRow): AttributionRunType {
  const { id: runId, number, computedAt, conversions, effectsVersion } = row;
  return build(AttributionRunType, { runId, number, computedAt, conversions, effectsVersion });
}

export function toAttribution(
  found: CurrentAttribution | undefined,
  { model, computing }: { model: AttributionModelName; computing: boolean },
): AttributionType {
  if (!found) return build(AttributionType, { model, computing, run: null, total: null, rows: [] });
  const decimals = toDecimals(found.rows.map(({ credit }) => credit));
  const totals = valueByCurrency(found.rows);
  return build(AttributionType, {
    model,
    computing,
    run: toAttributionRun({ ...found, id: found.runId }),
    total: build(AttributionTotal, {
      conversions: decimals.total,
      values: [...totals].map(([currency, minor]) => toMoney(minor, currency)),
    }),
    rows: found.rows.map((row, place) => toRow(row, { conversions: decimals.parts[place] ?? '', totals })),
  });
}

function toRow(
  { partnerId, channel, currency, valueMinor }: CreditRow,
  { conversions, totals }: { conversions: string; totals: ReadonlyMap<string, bigint> },
): AttributionRowType {
  const total = totals.get(currency) ?? 0n;
  const share = total === 0n ? null : Number(valueMinor) / Number(total);
  return build(AttributionRowType, { partnerId, channel, conversions, value: toMoney(valueMinor, currency), share });
}

function valueByCurrency(rows: readonly CreditRow[]): Map<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const { currency, valueMinor } of rows) totals.set(currency, (totals.get(currency) ?? 0n) + valueMinor);
  return totals;
}
