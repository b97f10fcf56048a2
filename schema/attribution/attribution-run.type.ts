import { Field, ObjectType } from 'type-graphql';
import {
  type CreditChange,
  cellOf,
  changesOf,
  decimalDifference,
  type RunComparison,
  toDecimals,
} from '../../src/attribution/index.ts';
import type { Channel } from '../../src/campaigns/index.ts';
import { ChannelEnum } from '../campaigns/campaign.type.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { AttributionRunType } from './attribution.type.ts';

export const AttributionRunConnection = connectionOf('AttributionRun', () => AttributionRunType);

@ObjectType('EarnedCredit', {
  description: "What one partner's channel earned in one run; in a difference below zero for less.",
  simpleResolvers: true,
})
export class EarnedCreditType {
  @Field(() => String, { description: 'Conversions earned, in parts, with six decimals.' })
  readonly conversions: string;

  @Field(() => MoneyType, { description: 'Value of these parts less refunds, in the currency of the conversions.' })
  readonly value: MoneyType;
}

@ObjectType('AttributionChange', { description: "What one partner's channel earned in two runs." })
export class AttributionChangeType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => ChannelEnum, { description: 'The channel.' })
  readonly channel: Channel;

  @Field(() => EarnedCreditType, { description: 'In the earlier run.' })
  readonly before: EarnedCreditType;

  @Field(() => EarnedCreditType, { description: 'In this run.' })
  readonly after: EarnedCreditType;

  @Field(() => EarnedCreditType, { description: 'How much more it is in this run.' })
  readonly difference: EarnedCreditType;
}

/** Decimals are those that the rows of each run are told with, so that they sum to its total. */
export function toAttributionChanges(comparison: RunComparison): AttributionChangeType[] {
  const [before, after] = [decimalsByCell(comparison.before), decimalsByCell(comparison.after)];
  return changesOf(comparison).map((change) => {
    const conversions = { before: before.get(cellOf(change)) ?? NONE, after: after.get(cellOf(change)) ?? NONE };
    return toChange(change, conversions);
  });
}

const NONE = '0.000000';

function decimalsByCell(rows: RunComparison['before']): Map<string, string> {
  const { parts } = toDecimals(rows.map(({ credit }) => credit));
  return new Map(rows.map((row, at) => [cellOf(row), parts[at] ?? NONE]));
}

function toChange(
  { partnerId, channel, currency, before, after }: CreditChange,
  conversions: { before: string; after: string },
): AttributionChangeType {
  const earned = (decimals: string, minor: bigint) =>
    build(EarnedCreditType, { conversions: decimals, value: toMoney(minor, currency) });
  return build(AttributionChangeType, {
    partnerId,
    channel,
    before: earned(conversions.before, before.valueMinor),
    after: earned(conversions.after, after.valueMinor),
    difference: earned(decimalDifference(conversions.after, conversions.before), after.valueMinor - before.valueMinor),
  });
}
