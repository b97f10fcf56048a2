import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { ChargebackState } from '../../src/orders/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { build } from '../shared/build.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { ChargebackConnection, ChargebackStateEnum, ChargebackType, toChargeback } from './chargeback.type.ts';
import { TellSandboxDisputeInputType } from './order.input.ts';
import { TellSandboxDisputeResult, TellSandboxDisputeSuccess } from './order.results.ts';
import { toOrder } from './order.type.ts';

@Resolver(() => ChargebackType)
export class ChargebackResolver {
  @Query(() => ChargebackConnection, { description: 'Chargebacks, the latest told of first. Finance and admins.' })
  async chargebacks(
    @Arg('state', () => ChargebackStateEnum, { nullable: true, description: 'Only those; absent for all.' })
    state: ChargebackState | null | undefined,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<ChargebackType>> {
    const rows = await services.chargebacks.list(actor, { state: state ?? null, page: page.toRequest() });
    return toConnection(rows, { node: toChargeback, cursor: (row) => instantCursor(row.recordedAt, row.id) });
  }

  @ResultMutation(TellSandboxDisputeResult, {
    description: "Play a buyer's bank with a payment of the sandbox. Finance and admins.",
  })
  async tellSandboxDispute(
    @Arg('input', () => TellSandboxDisputeInputType, { description: 'What the bank does.' })
    input: TellSandboxDisputeInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<TellSandboxDisputeSuccess> {
    const orderId = localId('Order', input.orderId);
    await services.sandboxDisputes.tell(actor, { ...input, orderId });
    const order = present(await services.orders.find(actor, orderId), 'an order with a payment');
    return build(TellSandboxDisputeSuccess, { order: toOrder(order) });
  }
}
