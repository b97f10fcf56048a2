import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Channel } from '../../src/campaigns/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { pageOf } from '../../src/shared/page.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { build } from '../shared/build.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { CampaignType, ChannelEnum } from './campaign.type.ts';
import {
  AddCampaignCreativeInputType,
  CampaignCreativeConnection,
  CampaignCreativeType,
  ChangeCampaignCreativeInputType,
  ChangeCampaignCreativeResult,
  ChangeCampaignCreativeSuccess,
  MoveCampaignCreativeInputType,
  toCreative,
} from './campaign-creative.type.ts';

const WHO = 'Owners and managers of the partner, and of the lead.';

@Resolver(() => CampaignType)
export class CampaignCreativeResolver {
  @FieldResolver(() => CampaignCreativeConnection, { description: 'What its channels show, newest first.' })
  async creatives(
    @Root() campaign: CampaignType,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('channel', () => ChannelEnum, { nullable: true, description: 'Those of this channel alone.' })
    channel: Channel | null | undefined,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<CampaignCreativeType>> {
    const request = page.toRequest();
    const options = { request, channel: channel ?? null };
    const rows = await loaders.campaignCreatives.load({ campaignId: campaign.localId, options });
    const cursor = (row: (typeof rows)[number]) => instantCursor(row.createdAt, row.id);
    return toConnection(pageOf(rows, request), { node: toCreative, cursor });
  }

  @ResultMutation(ChangeCampaignCreativeResult, { description: `Add a creative, as a DRAFT. ${WHO}` })
  async addCampaignCreative(
    @Arg('input', () => AddCampaignCreativeInputType, { description: 'The creative.' })
    input: AddCampaignCreativeInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignCreativeSuccess> {
    const creative = await services.campaignCreatives.add(actor, {
      ...input,
      campaignId: localId('Campaign', input.campaignId),
      partnerId: localId('Partner', input.partnerId),
      imageUrl: input.imageUrl ?? null,
    });
    return build(ChangeCampaignCreativeSuccess, { creative: toCreative(creative) });
  }

  @ResultMutation(ChangeCampaignCreativeResult, { description: `Rewrite a creative that is a DRAFT. ${WHO}` })
  async changeCampaignCreative(
    @Arg('input', () => ChangeCampaignCreativeInputType, { description: 'What it is to say.' })
    input: ChangeCampaignCreativeInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignCreativeSuccess> {
    const creative = await services.campaignCreatives.change(actor, {
      ...input,
      creativeId: localId('CampaignCreative', input.creativeId),
      imageUrl: input.imageUrl ?? null,
    });
    return build(ChangeCampaignCreativeSuccess, { creative: toCreative(creative) });
  }

  @ResultMutation(ChangeCampaignCreativeResult, { description: `Declare a creative READY, or RETIRED. ${WHO}` })
  async moveCampaignCreative(
    @Arg('input', () => MoveCampaignCreativeInputType, { description: 'The step.' })
    input: MoveCampaignCreativeInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignCreativeSuccess> {
    const creativeId = localId('CampaignCreative', input.creativeId);
    const creative = await services.campaignCreatives.move(actor, { creativeId, to: input.to });
    return build(ChangeCampaignCreativeSuccess, { creative: toCreative(creative) });
  }
}

@Resolver(() => CampaignCreativeType)
export class CampaignCreativeFieldsResolver {
  @FieldResolver(() => PartnerType, { description: 'Who made it.' })
  async partner(@Root() creative: CampaignCreativeType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(creative.partnerId), 'the partner of a creative'));
  }
}
