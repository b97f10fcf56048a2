import { Field, ID, InputType } from 'type-graphql';
import type { DisputeEvent } from '../../src/orders/index.ts';
import { MinorUnits } from '../shared/minor-units.scalar.ts';
import { DisputeEventEnum } from './chargeback.type.ts';

@InputType('PlaceOrderInput', { description: 'What to buy.' })
export class PlaceOrderInputType {
  @Field(() => [ID], { description: 'From 1 to 50 contents, each once, priced in one currency.' })
  readonly contentIds: string[];

  @Field(() => String, {
    description:
      'As a payment provider names it. The sandbox takes "sandbox:ok" at once and "sandbox:slow" in two steps, and ' +
      'declines "sandbox:decline".',
  })
  readonly paymentMethod: string;

  @Field(() => String, { nullable: true, description: 'Code of a coupon that makes some of it cheaper, in any case.' })
  readonly couponCode?: string | null;

  @Field(() => String, {
    description: 'From 8 to 100 visible ASCII characters, new for each order wanted. The same again: the same order.',
  })
  readonly idempotencyKey: string;
}

@InputType('RefundOrderInput', { description: 'What to pay back.' })
export class RefundOrderInputType {
  @Field(() => ID, { description: 'The order whose payment goes back.' })
  readonly orderId: string;

  @Field(() => MinorUnits, {
    nullable: true,
    description: "How much, in minor units of the order's currency; absent for all that is left.",
  })
  readonly amountMinor?: bigint | null;

  @Field(() => String, { description: 'Why, up to 500 characters.' })
  readonly reason: string;

  @Field(() => String, {
    description: 'From 8 to 100 visible ASCII characters, new for each refund wanted. The same again: the same refund.',
  })
  readonly idempotencyKey: string;
}

@InputType('CancelOrderInput', { description: 'What is no longer wanted.' })
export class CancelOrderInputType {
  @Field(() => ID, { description: 'An order that waits for its payment.' })
  readonly orderId: string;
}

@InputType('TellSandboxDisputeInput', { description: "What a buyer's bank does." })
export class TellSandboxDisputeInputType {
  @Field(() => ID, { description: 'An order that the sandbox collected.' })
  readonly orderId: string;

  @Field(() => DisputeEventEnum, { description: 'What happens. Told twice, it happens once.' })
  readonly event: DisputeEvent;

  @Field(() => MinorUnits, {
    nullable: true,
    description: "How much is disputed, in minor units of the order's currency; absent for the whole payment.",
  })
  readonly amountMinor?: bigint | null;

  @Field(() => String, { nullable: true, description: "The buyer's reason, up to 500 characters." })
  readonly reason?: string | null;
}
