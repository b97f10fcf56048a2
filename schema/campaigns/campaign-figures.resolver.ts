import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Breakdown, Granularity } from '../../src/campaigns/index.ts';
import { present } from '../../src/shared/invariant.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import type { RequestContext } from '../shared/context.ts';
import { CampaignType } from './campaign.type.ts';
import {
  BreakdownEnum,
  CampaignBreakdownRow,
  CampaignMetricsType,
  GranularityEnum,
  toBreakdownRow,
  toCampaignMetrics,
} from './campaign-figures.type.ts';

const FROM = { description: 'First day in UTC: "2026-10-01".' };
const TO = { description: 'Last day in UTC, included: "2026-10-31".' };

@Resolver(() => CampaignType)
export class CampaignFiguresResolver {
  @FieldResolver(() => CampaignMetricsType, { description: 'Figures over time. Days are those of UTC.' })
  async metrics(
    @Root() campaign: CampaignType,
    @Arg('from', () => String, FROM) from: string,
    @Arg('to', () => String, TO) to: string,
    @Arg('granularity', () => GranularityEnum, { defaultValue: 'DAY', description: 'Length of a bucket.' })
    granularity: Granularity,
    @Ctx() { loaders }: RequestContext,
  ): Promise<CampaignMetricsType> {
    const key = { campaignId: campaign.localId, options: { from, to, granularity } };
    return toCampaignMetrics(await loaders.campaignMetrics.load(key), campaign.currency);
  }

  @FieldResolver(() => [CampaignBreakdownRow], {
    description:
      'Figures of a span told apart by partner or channel, the highest revenue first; they sum to its totals.',
  })
  async breakdown(
    @Root() campaign: CampaignType,
    @Arg('by', () => BreakdownEnum, { description: 'What tells the rows apart.' }) by: Breakdown,
    @Arg('from', () => String, FROM) from: string,
    @Arg('to', () => String, TO) to: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<CampaignBreakdownRow[]> {
    const rows = await loaders.campaignBreakdowns.load({ campaignId: campaign.localId, options: { from, to, by } });
    return rows.map((row) => toBreakdownRow(row, campaign.currency));
  }
}

@Resolver(() => CampaignBreakdownRow)
export class CampaignBreakdownRowResolver {
  @FieldResolver(() => PartnerType, { nullable: true, description: 'The partner; absent in a breakdown by channel.' })
  async partner(@Root() row: CampaignBreakdownRow, @Ctx() { loaders }: RequestContext): Promise<PartnerType | null> {
    if (row.partnerId === null) return null;
    return toPartner(present(await loaders.partners.load(row.partnerId), 'the partner of a figure'));
  }
}
