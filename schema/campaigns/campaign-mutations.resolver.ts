import { Arg, Ctx, ID, Resolver } from 'type-graphql';
import { globalId, localId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  AddCampaignContentsInputType,
  AddCampaignPartnerInputType,
  CreateCampaignInputType,
  RecordCampaignCostInputType,
  TransitionCampaignInputType,
} from './campaign.input.ts';
import {
  ChangeCampaignResult,
  ChangeCampaignSuccess,
  CreateCampaignResult,
  CreateCampaignSuccess,
  RecordCampaignCostResult,
  RecordCampaignCostSuccess,
  RefreshCampaignResult,
  RefreshCampaignSuccess,
} from './campaign.results.ts';
import { toCampaign } from './campaign.type.ts';

@Resolver()
export class CampaignMutationsResolver {
  @ResultMutation(CreateCampaignResult, { description: 'Make a campaign. Owners and managers of its lead partner.' })
  async createCampaign(
    @Arg('input', () => CreateCampaignInputType, { description: 'The campaign.' }) input: CreateCampaignInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<CreateCampaignSuccess> {
    const campaign = await services.campaigns.create(actor, {
      ...input,
      leadPartnerId: localId('Partner', input.leadPartnerId),
      partners: input.partners.map(({ partnerId, role }) => ({ partnerId: localId('Partner', partnerId), role })),
      contentIds: input.contentIds.map((id) => localId('Content', id)),
    });
    return build(CreateCampaignSuccess, { campaign: toCampaign(campaign) });
  }

  @ResultMutation(ChangeCampaignResult, {
    description: 'Take one more partner into a campaign. Owners and managers of its lead partner.',
  })
  async addCampaignPartner(
    @Arg('input', () => AddCampaignPartnerInputType, { description: 'Who, and as what.' })
    input: AddCampaignPartnerInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignSuccess> {
    const campaignId = localId('Campaign', input.campaignId);
    const partnerId = localId('Partner', input.partnerId);
    const campaign = await services.campaigns.addPartner(actor, { campaignId, partnerId, role: input.role });
    return build(ChangeCampaignSuccess, { campaign: toCampaign(campaign) });
  }

  @ResultMutation(ChangeCampaignResult, {
    description: 'Let a campaign promote more contents. Owners and managers of its lead partner.',
  })
  async addCampaignContents(
    @Arg('input', () => AddCampaignContentsInputType, { description: 'Which contents.' })
    input: AddCampaignContentsInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignSuccess> {
    const campaignId = localId('Campaign', input.campaignId);
    const contentIds = input.contentIds.map((id) => localId('Content', id));
    const campaign = await services.campaigns.addContents(actor, { campaignId, contentIds });
    return build(ChangeCampaignSuccess, { campaign: toCampaign(campaign) });
  }

  @ResultMutation(ChangeCampaignResult, {
    description: 'Move a campaign along its lifecycle. Owners and managers of its lead partner.',
  })
  async transitionCampaign(
    @Arg('input', () => TransitionCampaignInputType, { description: 'The step.' }) input: TransitionCampaignInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignSuccess> {
    const campaignId = localId('Campaign', input.campaignId);
    const campaign = await services.campaigns.move(actor, { campaignId, to: input.to, reason: input.reason });
    return build(ChangeCampaignSuccess, { campaign: toCampaign(campaign) });
  }

  @ResultMutation(RecordCampaignCostResult, {
    description: 'Tell what a partner spent. Its owners, managers and finance members.',
  })
  async recordCampaignCost(
    @Arg('input', () => RecordCampaignCostInputType, { description: 'The cost.' }) input: RecordCampaignCostInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<RecordCampaignCostSuccess> {
    const campaignId = localId('Campaign', input.campaignId);
    const partnerId = localId('Partner', input.partnerId);
    await services.campaignCosts.record(actor, { ...input, campaignId, partnerId });
    return build(RecordCampaignCostSuccess, { campaignId: input.campaignId });
  }

  @ResultMutation(RefreshCampaignResult, {
    description: 'Have the figures and the credit worked out again. Owners and managers of any partner in it.',
  })
  async refreshCampaign(
    @Arg('campaignId', () => ID, { description: 'The campaign.' }) campaignId: string,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<RefreshCampaignSuccess> {
    const jobs = await services.campaigns.refresh(actor, localId('Campaign', campaignId));
    return build(RefreshCampaignSuccess, {
      metricsJobId: globalId('Job', jobs.metricsJobId),
      attributionJobId: globalId('Job', jobs.attributionJobId),
    });
  }
}
