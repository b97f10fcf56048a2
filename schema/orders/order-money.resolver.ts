import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { standingOf } from '../../src/orders/index.ts';
import type { RequestContext } from '../shared/context.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { ChargebackType, toChargeback } from './chargeback.type.ts';
import { OrderType } from './order.type.ts';
import { PaymentEventType, PaymentType, toPaymentEvent } from './payment.type.ts';

/** What an order costs in all, and where its money is. */
@Resolver(() => OrderType)
export class OrderMoneyResolver {
  @FieldResolver(() => MoneyType, { description: 'What coupons took off in all.' })
  async discount(@Root() order: OrderType, @Ctx() { loaders }: RequestContext): Promise<MoneyType> {
    const items = await loaders.orderItems.load(order.localId);
    return toMoney(sumOf(items.map(({ discountMinor }) => discountMinor)), order.currency);
  }

  @FieldResolver(() => MoneyType, { description: 'The tax within the total.' })
  async tax(@Root() order: OrderType, @Ctx() { loaders }: RequestContext): Promise<MoneyType> {
    const items = await loaders.orderItems.load(order.localId);
    return toMoney(sumOf(items.map(({ taxMinor }) => taxMinor)), order.currency);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Code of the coupon that made it cheaper.' })
  async couponCode(@Root() { couponId }: OrderType, @Ctx() { loaders }: RequestContext): Promise<string | null> {
    return couponId === null ? null : loaders.couponCodes.load(couponId);
  }

  @FieldResolver(() => [ChargebackType], { description: "What the buyer's bank took back, earliest first." })
  async chargebacks(@Root() order: OrderType, @Ctx() { loaders }: RequestContext): Promise<ChargebackType[]> {
    return (await loaders.orderChargebacks.load(order.localId)).map(toChargeback);
  }

  @FieldResolver(() => MoneyType, {
    description: 'What the buyer has back, by refunds and by chargebacks that are not won.',
  })
  async returned(@Root() order: OrderType, @Ctx() { loaders }: RequestContext): Promise<MoneyType> {
    return toMoney((await findMoney(order, loaders)).returnedMinor, order.currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What can still be refunded. Nothing while a chargeback is open.' })
  async refundable(@Root() order: OrderType, @Ctx() { loaders }: RequestContext): Promise<MoneyType> {
    const { leftMinor, isDisputed } = await findMoney(order, loaders);
    return toMoney(isDisputed ? 0n : leftMinor, order.currency);
  }
}

@Resolver(() => PaymentType)
export class PaymentResolver {
  @FieldResolver(() => [PaymentEventType], {
    description: 'Everything that the provider told of it, its refunds and its disputes, in the order of telling.',
  })
  async events(@Root() payment: PaymentType, @Ctx() { loaders }: RequestContext): Promise<PaymentEventType[]> {
    return (await loaders.paymentEvents.load(payment.localId)).map(toPaymentEvent);
  }
}

/** Of a payment that was never captured nothing is anywhere. */
async function findMoney({ localId }: OrderType, loaders: RequestContext['loaders']) {
  const payment = await loaders.orderPayments.load(localId);
  const refunds = await loaders.orderRefunds.load(localId);
  const chargebacks = await loaders.orderChargebacks.load(localId);
  return standingOf(payment?.capturedAt ? payment.amountMinor : 0n, { refunds, chargebacks });
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
