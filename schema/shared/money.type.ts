import { Field, ObjectType } from 'type-graphql';
import { Money } from '../../src/shared/money.ts';
import { build } from './build.ts';
import { MinorUnits } from './minor-units.scalar.ts';

@ObjectType('Money', { description: 'An exact amount of one currency.', simpleResolvers: true })
export class MoneyType {
  @Field(() => MinorUnits, { description: 'The amount in minor units: 1999 for 19.99.' })
  readonly minor: bigint;

  @Field(() => String, { description: 'ISO 4217 code of the currency.' })
  readonly currency: string;

  @Field(() => String, { description: 'The amount in major units with the decimals of the currency: "19.99".' })
  readonly amount: string;
}

export function toMoney(minor: bigint, currency: string): MoneyType {
  return build(MoneyType, { minor, currency, amount: Money.ofMinor(minor, currency).toDecimal() });
}
