import { Field, ID, InputType } from 'type-graphql';

@InputType('PlaceOrderInput', { description: 'What to buy.' })
export class PlaceOrderInputType {
  @Field(() => [ID], { description: 'From 1 to 50 contents, each once, priced in one currency.' })
  readonly contentIds: string[];

  @Field(() => String, {
    description: 'As a payment provider names it. The sandbox takes "sandbox:ok", and declines "sandbox:decline".',
  })
  readonly paymentMethod: string;

  @Field(() => String, {
    description: 'From 8 to 100 visible ASCII characters, new for each order wanted. The same again: the same order.',
  })
  readonly idempotencyKey: string;
}

@InputType('RefundOrderInput', { description: 'What to pay back.' })
export class RefundOrderInputType {
  @Field(() => ID, { description: 'The order. Its whole payment goes back.' })
  readonly orderId: string;

  @Field(() => String, { description: 'Why, up to 500 characters.' })
  readonly reason: string;

  @Field(() => String, {
    description: 'From 8 to 100 visible ASCII characters, new for each refund wanted. The same again: the same refund.',
  })
  readonly idempotencyKey: string;
}
