import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { registerNode } from '../shared/node.registry.ts';
import { PayoutFilterType } from './payout.input.ts';
import {
  PayoutBatchType,
  PayoutConnection,
  PayoutStepType,
  PayoutType,
  toPayout,
  toPayoutBatch,
  toPayoutStep,
} from './payout.type.ts';
import { PayoutDetailsType, toPayoutDetails } from './payout-details.type.ts';

async function findPayout(id: string, { services, actor }: RequestContext): Promise<PayoutType | null> {
  const row = await services.payouts.find(actor, id);
  return row && toPayout(row);
}

registerNode('Payout', findPayout);

@Resolver(() => PayoutType)
export class PayoutResolver {
  @Query(() => PayoutType, {
    nullable: true,
    description:
      'A payout to a partner of which the viewer is an owner, manager or finance; any for finance and admins.',
  })
  payout(
    @Arg('id', () => ID, { description: 'Identifier of the payout.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<PayoutType | null> {
    return findPayout(localId('Payout', id), context);
  }

  @Query(() => PayoutConnection, { description: 'Payouts that the viewer may see, newest first.' })
  async payouts(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => PayoutFilterType, { defaultValue: {}, description: 'Which ones.' }) filter: PayoutFilterType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<PayoutType>> {
    const partnerId = filter.partnerId ? localId('Partner', filter.partnerId) : undefined;
    const request = { filter: { partnerId, state: filter.state ?? undefined }, page: page.toRequest() };
    const rows = await services.payouts.list(actor, request);
    return toConnection(rows, { node: toPayout, cursor: (row) => instantCursor(row.createdAt, row.id) });
  }

  @FieldResolver(() => PartnerType, { description: 'To whom.' })
  async partner(@Root() { row }: PayoutType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(row.partnerId), 'the partner of a payout'));
  }

  @FieldResolver(() => PayoutBatchType, { nullable: true, description: 'Its batch, for finance and admins.' })
  async batch(@Root() { row }: PayoutType, @Ctx() { loaders }: RequestContext): Promise<PayoutBatchType | null> {
    const batch = await loaders.payoutBatches.load(row.batchId);
    return batch && toPayoutBatch(batch);
  }

  @FieldResolver(() => PayoutDetailsType, { description: 'Where it goes: what held when it was proposed.' })
  async details(@Root() { row }: PayoutType, @Ctx() { loaders }: RequestContext): Promise<PayoutDetailsType> {
    return toPayoutDetails(present(await loaders.payoutDetails.load(row.detailsId), 'the account of a payout'));
  }

  @FieldResolver(() => [PayoutStepType], { description: 'How it came to its state, oldest first.' })
  async steps(@Root() payout: PayoutType, @Ctx() { loaders }: RequestContext): Promise<PayoutStepType[]> {
    return (await loaders.payoutSteps.load(payout.localId)).map(toPayoutStep);
  }
}
