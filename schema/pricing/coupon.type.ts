import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { CouponRow } from '../../src/pricing/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { MinorUnits } from '../shared/minor-units.scalar.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';

@ObjectType('Coupon', { description: 'Makes what somebody orders cheaper.', simpleResolvers: true })
export class CouponType {
  /** Not part of the API. */
  readonly partnerId: string | null;

  @Field(() => ID, { description: 'Identifier of the coupon.' })
  readonly id: string;

  @Field(() => String, { description: 'What buyers enter, in any case.' })
  readonly code: string;

  @Field(() => String, { nullable: true, description: 'Percentage off the prices, as a decimal: "12.5".' })
  readonly percent: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'Sum off the order, where it is no percentage.' })
  readonly amount: MoneyType | null;

  @Field(() => Int, { nullable: true, description: 'How many orders may use it; absent for any number.' })
  readonly maxUses: number | null;

  @Field(() => Date, { description: 'From when on it can be used.' })
  readonly validFrom: Date;

  @Field(() => Date, { nullable: true, description: 'From when on it cannot be used any more; absent for never.' })
  readonly validUntil: Date | null;

  @Field(() => String, { description: 'What it is for, for staff.' })
  readonly description: string;

  @Field(() => Date, { description: 'When it was made.' })
  readonly createdAt: Date;
}

export const CouponConnection = connectionOf('Coupon', () => CouponType);

@InputType('CreateCouponInput', { description: 'A coupon: a percentage, or an amount of one currency.' })
export class CreateCouponInputType {
  @Field(() => String, { description: 'From 3 to 40 letters, digits, dashes and underscores, in any case.' })
  readonly code: string;

  @Field(() => String, { nullable: true, description: 'Up to 100 with up to four decimals: "12.5".' })
  readonly percent?: string | null;

  @Field(() => MinorUnits, { nullable: true, description: 'In minor units of the currency, off the order as a whole.' })
  readonly amountMinor?: bigint | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217 code, with an amount only.' })
  readonly currency?: string | null;

  @Field(() => ID, { nullable: true, description: 'Partner whose contents become cheaper; absent for all contents.' })
  readonly partnerId?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many orders may use it; absent for any number.' })
  readonly maxUses?: number | null;

  @Field(() => Date, { nullable: true, description: 'From when on it can be used; absent for now.' })
  readonly validFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'From when on it cannot be used any more; absent for never.' })
  readonly validUntil?: Date | null;

  @Field(() => String, { description: 'What it is for, for staff, up to 500 characters.' })
  readonly description: string;
}

export function toCoupon({ id, kind: _, amountMinor, currency, ...row }: CouponRow): CouponType {
  const amount = amountMinor === null || currency === null ? null : toMoney(amountMinor, currency);
  return build(CouponType, { ...row, id: globalId('Coupon', id), amount });
}
