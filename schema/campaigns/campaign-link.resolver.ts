import { Arg, Args, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { pageOf } from '../../src/shared/page.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { build } from '../shared/build.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { CampaignType } from './campaign.type.ts';
import { CampaignCreativeType, toCreative } from './campaign-creative.type.ts';
import {
  CampaignLinkConnection,
  CampaignLinkType,
  ChangeCampaignLinkResult,
  ChangeCampaignLinkSuccess,
  CreateCampaignLinkInputType,
  LinkDropsType,
  toLink,
} from './campaign-link.type.ts';

const WHO = 'Owners and managers of the partner, and of the lead.';

@Resolver(() => CampaignType)
export class CampaignLinkResolver {
  @FieldResolver(() => CampaignLinkConnection, { description: 'Its tracked links, newest first.' })
  async links(
    @Root() campaign: CampaignType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<CampaignLinkType>> {
    const request = page.toRequest();
    const rows = await loaders.campaignLinks.load({ campaignId: campaign.localId, options: { request } });
    return toConnection(pageOf(rows, request), { node: toLink, cursor: (row) => instantCursor(row.createdAt, row.id) });
  }

  @ResultMutation(ChangeCampaignLinkResult, {
    description: `Make a link that says who brought a visitor. Where it leads stays as it is. ${WHO}`,
  })
  async createCampaignLink(
    @Arg('input', () => CreateCampaignLinkInputType, { description: 'The link.' }) input: CreateCampaignLinkInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignLinkSuccess> {
    const link = await services.campaignLinks.create(actor, {
      ...input,
      campaignId: localId('Campaign', input.campaignId),
      partnerId: localId('Partner', input.partnerId),
      creativeId: input.creativeId ? localId('CampaignCreative', input.creativeId) : null,
      expiresAt: input.expiresAt ?? null,
    });
    return build(ChangeCampaignLinkSuccess, { link: toLink(link) });
  }

  @ResultMutation(ChangeCampaignLinkResult, { description: `Let a link lead nowhere from now on. ${WHO}` })
  async retireCampaignLink(
    @Arg('linkId', () => ID, { description: 'The link.' }) linkId: string,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignLinkSuccess> {
    const link = await services.campaignLinks.retire(actor, localId('CampaignLink', linkId));
    return build(ChangeCampaignLinkSuccess, { link: toLink(link) });
  }
}

@Resolver(() => CampaignLinkType)
export class CampaignLinkFieldsResolver {
  @FieldResolver(() => PartnerType, { description: 'Who publishes it.' })
  async partner(@Root() link: CampaignLinkType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(link.partnerId), 'the partner of a link'));
  }

  @FieldResolver(() => CampaignCreativeType, { nullable: true, description: 'The creative that it stands in.' })
  async creative(
    @Root() { creativeId }: CampaignLinkType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<CampaignCreativeType | null> {
    if (creativeId === null) return null;
    return toCreative(present(await loaders.creatives.load(creativeId), 'the creative of a link'));
  }

  @FieldResolver(() => Int, { description: 'Clicks that count: each is a touchpoint.' })
  async clicks(@Root() link: CampaignLinkType, @Ctx() { loaders }: RequestContext): Promise<number> {
    return (await loaders.linkFigures.load(link.localId))?.clicks ?? 0;
  }

  @FieldResolver(() => Int, { description: 'Browsers that the clicks came from.' })
  async visitors(@Root() link: CampaignLinkType, @Ctx() { loaders }: RequestContext): Promise<number> {
    return (await loaders.linkFigures.load(link.localId))?.visitors ?? 0;
  }

  @FieldResolver(() => [LinkDropsType], { description: 'Requests that were not counted, by reason.' })
  async dropped(@Root() link: CampaignLinkType, @Ctx() { loaders }: RequestContext): Promise<LinkDropsType[]> {
    const figures = await loaders.linkFigures.load(link.localId);
    return (figures?.dropped ?? []).map((drops) => build(LinkDropsType, drops));
  }
}
