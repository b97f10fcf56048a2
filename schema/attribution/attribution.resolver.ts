import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AttributionModelName } from '../../src/attribution/index.ts';
import { present } from '../../src/shared/invariant.ts';
import { CampaignType } from '../campaigns/campaign.type.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import type { RequestContext } from '../shared/context.ts';
import { AttributionModelEnum, AttributionRowType, AttributionType, toAttribution } from './attribution.type.ts';

@Resolver(() => CampaignType)
export class CampaignAttributionResolver {
  @FieldResolver(() => AttributionType, { description: 'What the campaign earned, as last worked out.' })
  async attribution(
    @Root() { localId: campaignId }: CampaignType,
    @Arg('model', () => AttributionModelEnum, { description: 'How conversions are shared.' })
    model: AttributionModelName,
    @Ctx() { loaders }: RequestContext,
  ): Promise<AttributionType> {
    const [found, computing] = await Promise.all([
      loaders.attributions.load({ campaignId, options: { model } }),
      loaders.attributionsOpen.load(campaignId),
    ]);
    return toAttribution(found[0], { model, computing });
  }
}

@Resolver(() => AttributionRowType)
export class AttributionRowResolver {
  @FieldResolver(() => PartnerType, { description: 'The partner.' })
  async partner(@Root() row: AttributionRowType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(row.partnerId), 'the partner of a credit'));
  }
}
