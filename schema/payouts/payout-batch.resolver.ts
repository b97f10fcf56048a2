import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { batchPartCursor } from '../../src/payouts/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { registerNode } from '../shared/node.registry.ts';
import { PayoutBatchFilterType } from './payout.input.ts';
import {
  PayoutBatchConnection,
  PayoutBatchStepType,
  PayoutBatchType,
  PayoutConnection,
  PayoutExclusionConnection,
  PayoutExclusionType,
  type PayoutType,
  toPayout,
  toPayoutBatch,
  toPayoutBatchStep,
  toPayoutExclusion,
} from './payout.type.ts';

async function findBatch(id: string, { services, actor }: RequestContext): Promise<PayoutBatchType | null> {
  const row = await services.payoutBatches.find(actor, id);
  return row && toPayoutBatch(row);
}

registerNode('PayoutBatch', findBatch);

@Resolver(() => PayoutBatchType)
export class PayoutBatchResolver {
  @Query(() => PayoutBatchType, { nullable: true, description: 'A batch. Finance and admins; absent for others.' })
  payoutBatch(
    @Arg('id', () => ID, { description: 'Identifier of the batch.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<PayoutBatchType | null> {
    return findBatch(localId('PayoutBatch', id), context);
  }

  @Query(() => PayoutBatchConnection, { description: 'Batches, newest first. Finance and admins.' })
  async payoutBatches(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => PayoutBatchFilterType, { defaultValue: {}, description: 'Which ones.' })
    filter: PayoutBatchFilterType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<PayoutBatchType>> {
    const rows = await services.payoutBatches.list(actor, { state: filter.state ?? null, page: page.toRequest() });
    return toConnection(rows, { node: toPayoutBatch, cursor: (row) => instantCursor(row.createdAt, row.id) });
  }

  @FieldResolver(() => PayoutConnection, { description: 'Its payouts, in the order of the file.' })
  async payouts(
    @Root() batch: PayoutBatchType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<PayoutType>> {
    const rows = await loaders.batchPayouts.load({ batchId: batch.localId, page: page.toRequest() });
    return toConnection(rows, { node: toPayout, cursor: batchPartCursor });
  }

  @FieldResolver(() => PayoutExclusionConnection, {
    description: 'Partners with money on their account that it left out, and why.',
  })
  async exclusions(
    @Root() batch: PayoutBatchType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<PayoutExclusionType>> {
    const rows = await loaders.batchExclusions.load({ batchId: batch.localId, page: page.toRequest() });
    return toConnection(rows, { node: toPayoutExclusion, cursor: batchPartCursor });
  }

  @FieldResolver(() => [PayoutBatchStepType], { description: 'How it came to its state, oldest first.' })
  async steps(@Root() batch: PayoutBatchType, @Ctx() { loaders }: RequestContext): Promise<PayoutBatchStepType[]> {
    return (await loaders.payoutBatchSteps.load(batch.localId)).map(toPayoutBatchStep);
  }
}

@Resolver(() => PayoutExclusionType)
export class PayoutExclusionResolver {
  @FieldResolver(() => PartnerType, { description: 'The partner.' })
  async partner(@Root() exclusion: PayoutExclusionType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(exclusion.partnerId), 'a partner that was left out'));
  }
}
