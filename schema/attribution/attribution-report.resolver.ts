import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { AttributionModelName, ReportDimension } from '../../src/attribution/index.ts';
import { present } from '../../src/shared/invariant.ts';
import { CampaignType, toCampaign } from '../campaigns/campaign.type.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import type { RequestContext } from '../shared/context.ts';
import { AttributionModelEnum } from './attribution.type.ts';
import {
  AttributionReportRowType,
  AttributionReportType,
  ReportDimensionEnum,
  toAttributionReport,
} from './attribution-report.type.ts';

@Resolver(() => AttributionReportRowType)
export class AttributionReportResolver {
  @Query(() => AttributionReportType, {
    description:
      'What the conversions of some days brought to whom, over all campaigns, as their current runs say. For finance ' +
      'staff and admins.',
  })
  async attributionReport(
    @Arg('model', () => AttributionModelEnum, { description: 'How conversions are shared.' })
    model: AttributionModelName,
    @Arg('from', () => String, { description: 'First day in UTC: "2026-10-01".' }) from: string,
    @Arg('to', () => String, { description: 'Last day in UTC, included: "2026-10-31".' }) to: string,
    @Arg('by', () => [ReportDimensionEnum], {
      description: 'What tells rows apart beside the currency; nothing for the totals alone.',
    })
    by: ReportDimension[],
    @Ctx() { services, actor }: RequestContext,
  ): Promise<AttributionReportType> {
    return toAttributionReport(await services.attributionReports.report(actor, { model, from, to, by }));
  }

  @FieldResolver(() => PartnerType, { nullable: true, description: 'The partner; absent unless it tells rows apart.' })
  async partner(@Root() { partnerId }: AttributionReportRowType, @Ctx() { loaders }: RequestContext) {
    if (partnerId === null) return null;
    return toPartner(present(await loaders.partners.load(partnerId), 'the partner of a credit'));
  }

  @FieldResolver(() => CampaignType, {
    nullable: true,
    description: 'The campaign; absent unless it tells rows apart.',
  })
  async campaign(@Root() { campaignId }: AttributionReportRowType, @Ctx() { loaders }: RequestContext) {
    if (campaignId === null) return null;
    return toCampaign(present(await loaders.creditedCampaigns.load(campaignId), 'the campaign of a credit'));
  }
}
