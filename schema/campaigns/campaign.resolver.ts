import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { ContentType, toContent } from '../content/content.type.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { registerNode } from '../shared/node.registry.ts';
import {
  CampaignConnection,
  CampaignPartnerType,
  CampaignStepType,
  CampaignType,
  toCampaign,
  toCampaignPartner,
  toCampaignStep,
} from './campaign.type.ts';

registerNode('Campaign', async (id, { actor, services }) => {
  const row = await services.campaigns.findVisible(actor, id);
  return row && toCampaign(row);
});

@Resolver(() => CampaignType)
export class CampaignResolver {
  @Query(() => CampaignType, {
    nullable: true,
    description: 'A campaign of one of your partners; staff see every one. FORBIDDEN for others, existing or not.',
  })
  async campaign(
    @Arg('id', () => ID, { description: 'Identifier of the campaign.' }) id: string,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<CampaignType | null> {
    const row = await services.campaigns.find(actor, localId('Campaign', id));
    return row && toCampaign(row);
  }

  @Query(() => CampaignConnection, { description: 'Campaigns of your partners, or all for staff; latest start first.' })
  async campaigns(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<CampaignType>> {
    const rows = await services.campaigns.findPage(actor, page.toRequest());
    return toConnection(rows, { node: toCampaign, cursor: (row) => [row.startsAt.toISOString(), row.id] });
  }

  @FieldResolver(() => PartnerType, { description: 'Who leads it and decides.' })
  async leadPartner(@Root() campaign: CampaignType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(campaign.leadPartnerId), 'the lead of a campaign'));
  }

  @FieldResolver(() => [CampaignPartnerType], { description: 'Who takes part, the lead first.' })
  async partners(@Root() campaign: CampaignType, @Ctx() { loaders }: RequestContext): Promise<CampaignPartnerType[]> {
    return (await loaders.campaignPartners.load(campaign.localId)).map(toCampaignPartner);
  }

  @FieldResolver(() => [ContentType], { description: 'What it promotes.' })
  async contents(@Root() campaign: CampaignType, @Ctx() { loaders }: RequestContext): Promise<ContentType[]> {
    const parts = await loaders.campaignContents.load(campaign.localId);
    const rows = await Promise.all(parts.map(({ contentId }) => loaders.contents.load(contentId)));
    return rows.map((row) => toContent(present(row, 'a content of a campaign')));
  }

  @FieldResolver(() => [CampaignStepType], { description: 'How it came to its state, oldest first.' })
  async steps(@Root() campaign: CampaignType, @Ctx() { loaders }: RequestContext): Promise<CampaignStepType[]> {
    return (await loaders.campaignSteps.load(campaign.localId)).map(toCampaignStep);
  }
}

@Resolver(() => CampaignPartnerType)
export class CampaignPartnerResolver {
  @FieldResolver(() => PartnerType, { description: 'The partner.' })
  async partner(@Root() part: CampaignPartnerType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(part.partnerId), 'the partner of a campaign'));
  }
}
