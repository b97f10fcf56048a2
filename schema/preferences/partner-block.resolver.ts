import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { MOST_BLOCKED } from '../../src/preferences/index.ts';
import { globalId, localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { build } from '../shared/build.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { Viewer } from '../users/viewer.resolver.ts';
import {
  BlockPartnerResult,
  BlockPartnerSuccess,
  PartnerBlockConnection,
  PartnerBlockType,
  toPartnerBlock,
  UnblockPartnerResult,
  UnblockPartnerSuccess,
} from './partner-block.type.ts';

@Resolver(() => Viewer)
export class ViewerBlocksResolver {
  @FieldResolver(() => PartnerBlockConnection, {
    description: `Partners that the viewer blocks, the last one first; at most ${MOST_BLOCKED}.`,
  })
  async blockedPartners(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<PartnerBlockType>> {
    return toConnection(await services.partnerBlocks.listOwn(actor, page.toRequest()), {
      node: toPartnerBlock,
      cursor: (row) => instantCursor(row.blockedAt, row.partnerId),
    });
  }

  @ResultMutation(BlockPartnerResult, {
    description: 'Keep all that a partner supplies out of the own feed. What was bought stays. Can be sent again.',
  })
  async blockPartner(
    @Arg('partnerId', () => ID, { description: 'The partner.' }) partnerId: string,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<BlockPartnerSuccess> {
    const { partner, blockedAt } = await services.partnerBlocks.block(actor, localId('Partner', partnerId));
    return build(BlockPartnerSuccess, { partner: toPartner(partner), blockedAt });
  }

  @ResultMutation(UnblockPartnerResult, { description: 'Let a partner back into the own feed. Can be sent again.' })
  async unblockPartner(
    @Arg('partnerId', () => ID, { description: 'The partner.' }) partnerId: string,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<UnblockPartnerSuccess> {
    const id = localId('Partner', partnerId);
    await services.partnerBlocks.unblock(actor, id);
    return build(UnblockPartnerSuccess, { partnerId: globalId('Partner', id) });
  }
}

@Resolver(() => PartnerBlockType)
export class PartnerBlockResolver {
  @FieldResolver(() => PartnerType, { description: 'The partner, whatever its state is now.' })
  async partner(@Root() block: PartnerBlockType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(block.partnerId), 'a blocked partner'));
  }
}

@Resolver(() => PartnerType)
export class BlockedPartnerResolver {
  @FieldResolver(() => Boolean, { description: 'Whether the viewer blocks it.' })
  blocked(@Root() partner: PartnerType, @Ctx() { loaders }: RequestContext): Promise<boolean> {
    return loaders.partnerBlocked.load(partner.localId);
  }
}
