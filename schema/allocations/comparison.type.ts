import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { ComparedSale, PartyComparison, ShareParty, VersionComparison } from '../../src/allocations/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { SharePartyEnum } from './split.type.ts';

@ObjectType('PartyComparison', {
  description: 'What a party keeps of sales, less what was given back, as they stand and under the other version.',
})
export class PartyComparisonType {
  /** Not part of the API. */
  readonly partnerId: string | null;

  @Field(() => SharePartyEnum, { description: 'Who.' })
  readonly party: ShareParty;

  @Field(() => MoneyType, { description: 'As the sales stand in the books.' })
  readonly standing: MoneyType;

  @Field(() => MoneyType, { description: 'As the other version would split them.' })
  readonly proposed: MoneyType;

  @Field(() => MoneyType, { description: 'What the other version would give more.' })
  readonly difference: MoneyType;
}

@ObjectType('ComparedSale', { description: 'One booked sale under both versions.', simpleResolvers: true })
export class ComparedSaleType {
  @Field(() => ID, { description: 'Identifier of the order item.' })
  readonly orderItemId: string;

  @Field(() => Date, { description: 'When it was paid.' })
  readonly soldAt: Date;

  @Field(() => MoneyType, { description: 'What was paid for it.' })
  readonly amount: MoneyType;

  @Field(() => Int, { description: 'Number of the version that splits it as it stands.' })
  readonly standingVersion: number;

  @Field(() => [PartyComparisonType], { description: 'Finance and admins see all parties; others their own partners.' })
  readonly parties: readonly PartyComparisonType[];
}

export const ComparedSaleConnection = connectionOf('ComparedSale', () => ComparedSaleType);

@ObjectType('VersionComparison', { description: 'A past month of a contract, replayed under one of its versions.' })
export class VersionComparisonType {
  /** Not part of the API: its field is a page of it. */
  readonly compared: readonly ComparedSale[];

  @Field(() => ID, { description: 'The contract.' })
  readonly contractId: string;

  @Field(() => Int, { description: 'Number of the version that it was replayed under.' })
  readonly versionNumber: number;

  @Field(() => String, { description: 'The month.' })
  readonly period: string;

  @Field(() => Int, { description: 'How many sales were replayed.' })
  readonly saleCount: number;

  @Field(() => [PartyComparisonType], {
    description: 'Sums over all sales by party and currency. Finance and admins see all; others their own partners.',
  })
  readonly totals: readonly PartyComparisonType[];
}

export function toVersionComparison(comparison: VersionComparison): VersionComparisonType {
  const { contractId, versionNumber, period, sales, totals } = comparison;
  return build(VersionComparisonType, {
    compared: sales,
    contractId: globalId('Contract', contractId),
    versionNumber,
    period,
    saleCount: sales.length,
    totals: totals.map(toPartyComparison),
  });
}

export function toComparedSale(sale: ComparedSale): ComparedSaleType {
  return build(ComparedSaleType, {
    orderItemId: sale.orderItemId,
    soldAt: sale.soldAt,
    amount: toMoney(sale.amountMinor, sale.currency),
    standingVersion: sale.standingVersion,
    parties: sale.parties.map(toPartyComparison),
  });
}

function toPartyComparison(line: PartyComparison): PartyComparisonType {
  const { party, partnerId, currency, standingMinor, proposedMinor } = line;
  return build(PartyComparisonType, {
    party,
    partnerId,
    standing: toMoney(standingMinor, currency),
    proposed: toMoney(proposedMinor, currency),
    difference: toMoney(proposedMinor - standingMinor, currency),
  });
}
