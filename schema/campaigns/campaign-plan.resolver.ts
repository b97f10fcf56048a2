import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { ApproveCampaignResult, ChangeCampaignResult, ChangeCampaignSuccess } from './campaign.results.ts';
import { CampaignType, toCampaign } from './campaign.type.ts';
import {
  ApproveCampaignInputType,
  ChangeCampaignPlanInputType,
  SetCampaignBudgetInputType,
} from './campaign-plan.input.ts';
import {
  CampaignApprovalType,
  CampaignBudgetShareType,
  CampaignPlanVersionType,
  LaunchBlockerType,
  toApproval,
  toBudgetShare,
  toLaunchBlocker,
  toPlanVersion,
} from './campaign-plan.type.ts';

const ASKS_ALL = 'Every partner is asked for its approval again. Owners and managers of the lead partner.';

@Resolver(() => CampaignType)
export class CampaignPlanResolver {
  @FieldResolver(() => [CampaignPlanVersionType], {
    description: 'How the plan came to be as it stands, newest version first.',
  })
  async planVersions(
    @Root() campaign: CampaignType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<CampaignPlanVersionType[]> {
    return (await loaders.campaignPlanVersions.load(campaign.localId)).map(toPlanVersion);
  }

  @FieldResolver(() => [CampaignApprovalType], { description: 'Who approved which version of the plan, newest first.' })
  async approvals(@Root() campaign: CampaignType, @Ctx() { loaders }: RequestContext): Promise<CampaignApprovalType[]> {
    const rows = await loaders.campaignApprovals.load(campaign.localId);
    return rows.map((row) => toApproval(row, campaign.planVersion));
  }

  @FieldResolver(() => [CampaignBudgetShareType], {
    description: 'Who pays what of the budget and has spent what of it: every partner, the lead first.',
  })
  async budgetShares(
    @Root() campaign: CampaignType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<CampaignBudgetShareType[]> {
    const rows = await loaders.campaignBudgetShares.load(campaign.localId);
    return rows.map((row) => toBudgetShare(row, campaign.currency));
  }

  @FieldResolver(() => [LaunchBlockerType], {
    description: 'What is missing before it may go live and run until its end. Of a campaign that is over: nothing.',
  })
  async launchBlockers(
    @Root() campaign: CampaignType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<LaunchBlockerType[]> {
    return (await loaders.launchBlockers.load(campaign.localId)).map(toLaunchBlocker);
  }

  @ResultMutation(ChangeCampaignResult, { description: `Change channels or dates. ${ASKS_ALL}` })
  async changeCampaignPlan(
    @Arg('input', () => ChangeCampaignPlanInputType, { description: 'What changes.' })
    input: ChangeCampaignPlanInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignSuccess> {
    const campaign = await services.campaignPlans.change(actor, {
      campaignId: localId('Campaign', input.campaignId),
      channels: input.channels ?? undefined,
      startsAt: input.startsAt ?? undefined,
      endsAt: input.endsAt ?? undefined,
    });
    return build(ChangeCampaignSuccess, { campaign: toCampaign(campaign) });
  }

  @ResultMutation(ChangeCampaignResult, { description: `Set the budget, and who pays what of it. ${ASKS_ALL}` })
  async setCampaignBudget(
    @Arg('input', () => SetCampaignBudgetInputType, { description: 'The budget.' }) input: SetCampaignBudgetInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignSuccess> {
    const { budgetMinor } = input;
    const campaignId = localId('Campaign', input.campaignId);
    const shares = input.shares.map(({ partnerId, amountMinor }) => ({
      partnerId: localId('Partner', partnerId),
      amountMinor,
    }));
    const campaign = await services.campaignPlans.setBudget(actor, { campaignId, budgetMinor, shares });
    return build(ChangeCampaignSuccess, { campaign: toCampaign(campaign) });
  }

  @ResultMutation(ApproveCampaignResult, {
    description: 'Approve the plan in the name of a partner that takes part. Its owners and managers alone.',
  })
  async approveCampaign(
    @Arg('input', () => ApproveCampaignInputType, { description: 'Who approves what.' })
    input: ApproveCampaignInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignSuccess> {
    const campaignId = localId('Campaign', input.campaignId);
    const partnerId = localId('Partner', input.partnerId);
    const { planVersion } = input;
    const campaign = await services.campaignPlans.approve(actor, { campaignId, partnerId, planVersion });
    return build(ChangeCampaignSuccess, { campaign: toCampaign(campaign) });
  }
}

@Resolver(() => CampaignApprovalType)
export class CampaignApprovalResolver {
  @FieldResolver(() => PartnerType, { description: 'The partner that approved.' })
  async partner(@Root() approval: CampaignApprovalType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(approval.partnerId), 'a partner that approved'));
  }
}

@Resolver(() => CampaignBudgetShareType)
export class CampaignBudgetShareResolver {
  @FieldResolver(() => PartnerType, { description: 'The partner that pays.' })
  async partner(@Root() share: CampaignBudgetShareType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(share.partnerId), 'a partner that pays'));
  }
}
