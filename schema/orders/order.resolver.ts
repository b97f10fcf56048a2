import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { ContentType, toContent } from '../content/content.type.ts';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { registerNode } from '../shared/node.registry.ts';
import { CancelOrderInputType, PlaceOrderInputType, RefundOrderInputType } from './order.input.ts';
import {
  CancelOrderResult,
  CancelOrderSuccess,
  PlaceOrderResult,
  PlaceOrderSuccess,
  RefundOrderResult,
  RefundOrderSuccess,
} from './order.results.ts';
import { OrderItemType, OrderType, toOrder, toOrderItem } from './order.type.ts';
import { PaymentType, RefundType, toPayment, toRefund } from './payment.type.ts';

async function findOrder(id: string, { actor, services }: RequestContext): Promise<OrderType | null> {
  const row = await services.orders.find(actor, id);
  return row && toOrder(row);
}

registerNode('Order', findOrder);

@Resolver(() => OrderType)
export class OrderResolver {
  @Query(() => OrderType, {
    nullable: true,
    description: "An order of the viewer's; any order for finance and admins.",
  })
  order(
    @Arg('id', () => ID, { description: 'Identifier of the order.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<OrderType | null> {
    return findOrder(localId('Order', id), context);
  }

  @ResultMutation(PlaceOrderResult, { description: 'Buy contents at their prices of now.' })
  async placeOrder(
    @Arg('input', () => PlaceOrderInputType, { description: 'What to buy.' }) input: PlaceOrderInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<PlaceOrderSuccess> {
    const contentIds = input.contentIds.map((id) => localId('Content', id));
    const order = await services.orderPlacement.place(actor, { ...input, contentIds });
    return build(PlaceOrderSuccess, { order: toOrder(order) });
  }

  @ResultMutation(RefundOrderResult, {
    description: 'Pay an order back, or a part of it. Finance and admins.',
  })
  async refundOrder(
    @Arg('input', () => RefundOrderInputType, { description: 'What to pay back.' }) input: RefundOrderInputType,
    @Ctx() context: RequestContext,
  ): Promise<RefundOrderSuccess> {
    const { services, actor } = context;
    const orderId = await services.refunds.request(actor, { ...input, orderId: localId('Order', input.orderId) });
    return build(RefundOrderSuccess, { order: present(await findOrder(orderId, context), 'an order under refund') });
  }

  @ResultMutation(CancelOrderResult, {
    description: "Cancel an order that waits for its payment: one's own, or as staff.",
  })
  async cancelOrder(
    @Arg('input', () => CancelOrderInputType, { description: 'Which one.' }) input: CancelOrderInputType,
    @Ctx() context: RequestContext,
  ): Promise<CancelOrderSuccess> {
    const orderId = localId('Order', input.orderId);
    await context.services.orderCancellation.cancel(context.actor, orderId);
    return build(CancelOrderSuccess, { order: present(await findOrder(orderId, context), 'a cancelled order') });
  }

  @FieldResolver(() => [OrderItemType], { description: 'What was ordered, in the sequence of the order.' })
  async items(@Root() order: OrderType, @Ctx() { loaders }: RequestContext): Promise<OrderItemType[]> {
    return (await loaders.orderItems.load(order.localId)).map(toOrderItem);
  }

  @FieldResolver(() => PaymentType, { nullable: true, description: 'Its payment; absent when it cost nothing.' })
  async payment(@Root() order: OrderType, @Ctx() { loaders }: RequestContext): Promise<PaymentType | null> {
    const row = await loaders.orderPayments.load(order.localId);
    return row && toPayment(row);
  }

  @FieldResolver(() => [RefundType], { description: 'What went back or was asked to, earliest first.' })
  async refunds(@Root() order: OrderType, @Ctx() { loaders }: RequestContext): Promise<RefundType[]> {
    return (await loaders.orderRefunds.load(order.localId)).map(toRefund);
  }
}

@Resolver(() => OrderItemType)
export class OrderItemResolver {
  @FieldResolver(() => ContentType, { description: 'The content, as it is now.' })
  async content(@Root() item: OrderItemType, @Ctx() { loaders }: RequestContext): Promise<ContentType> {
    return toContent(present(await loaders.contents.load(item.contentId), 'the content of an order'));
  }
}
