import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { CHARGEBACK_STATES, type ChargebackRow, type ChargebackState, DISPUTE_EVENTS } from '../../src/orders/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';

export const ChargebackStateEnum = enumOf(CHARGEBACK_STATES);
registerEnumType(ChargebackStateEnum, {
  name: 'ChargebackState',
  description: 'OPEN: the provider took the money for now; WON: it is ours again; LOST: it stays with the buyer.',
});

export const DisputeEventEnum = enumOf(DISPUTE_EVENTS);
registerEnumType(DisputeEventEnum, {
  name: 'DisputeEvent',
  description: 'What happens in a dispute: it is OPENED, then WON or LOST by us.',
});

@ObjectType('Chargeback', { description: "A payment that the buyer's bank took back.", simpleResolvers: true })
export class ChargebackType {
  @Field(() => ID, { description: 'Identifier of the chargeback.' })
  readonly id: string;

  @Field(() => ID, { description: 'Identifier of the order.' })
  readonly orderId: string;

  @Field(() => String, { description: 'The payment provider.' })
  readonly provider: string;

  @Field(() => String, { description: "The provider's own name of the dispute." })
  readonly providerReference: string;

  @Field(() => ChargebackStateEnum, { description: 'How far it is.' })
  readonly state: ChargebackState;

  @Field(() => MoneyType, { description: 'How much is disputed: the payment or a part of it.' })
  readonly amount: MoneyType;

  @Field(() => MoneyType, { nullable: true, description: 'What the provider asks for it; known once it was opened.' })
  readonly fee: MoneyType | null;

  @Field(() => String, { nullable: true, description: "The buyer's reason; known once it was opened." })
  readonly reason: string | null;

  @Field(() => Date, { description: 'When it was first told of.' })
  readonly recordedAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'When the provider took the money; absent while only the end was told.',
  })
  readonly openedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was decided.' })
  readonly closedAt: Date | null;
}

export const ChargebackConnection = connectionOf('Chargeback', () => ChargebackType);

export function toChargeback({ id, orderId, amountMinor, feeMinor, currency, ...row }: ChargebackRow): ChargebackType {
  const amounts = {
    amount: toMoney(amountMinor, currency),
    fee: feeMinor === null ? null : toMoney(feeMinor, currency),
  };
  return build(ChargebackType, {
    ...row,
    ...amounts,
    id: globalId('Chargeback', id),
    orderId: globalId('Order', orderId),
  });
}
