import { Field, Int, ObjectType } from 'type-graphql';
import type { PayoutDetailsRow } from '../../src/payouts/index.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';

@ObjectType('PayoutDetails', { description: "Where a partner's money goes from some time on.", simpleResolvers: true })
export class PayoutDetailsType {
  @Field(() => Int, { description: '1, 2, 3, ... within the partner. The last one counts.' })
  readonly number: number;

  @Field(() => String, { description: 'In whose name the account is.' })
  readonly beneficiary: string;

  @Field(() => String, { description: 'Number of the account: whole for finance staff, its end for everybody else.' })
  readonly account: string;

  @Field(() => String, { description: 'Name of the bank.' })
  readonly bankName: string;

  @Field(() => String, { description: 'Country of the bank, ISO 3166-1 alpha-2.' })
  readonly country: string;

  @Field(() => String, { description: 'Who said so: "user:...".' })
  readonly setBy: string;

  @Field(() => Date, { description: 'When.' })
  readonly setAt: Date;
}

export const PayoutDetailsConnection = connectionOf('PayoutDetails', () => PayoutDetailsType);

export function toPayoutDetails(row: PayoutDetailsRow): PayoutDetailsType {
  const { number, beneficiary, account, bankName, country, setBy, setAt } = row;
  return build(PayoutDetailsType, { number, beneficiary, account, bankName, country, setBy, setAt });
}
