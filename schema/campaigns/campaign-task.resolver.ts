import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { TaskState } from '../../src/campaigns/index.ts';
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
import {
  AddCampaignTaskInputType,
  CampaignTaskConnection,
  CampaignTaskType,
  ChangeCampaignTaskInputType,
  ChangeCampaignTaskResult,
  ChangeCampaignTaskSuccess,
  MoveCampaignTaskInputType,
  TaskStateEnum,
  toTask,
} from './campaign-task.type.ts';

const WHO = 'Owners and managers of the partner, and of the lead.';

@Resolver(() => CampaignType)
export class CampaignTaskResolver {
  @FieldResolver(() => CampaignTaskConnection, { description: 'Who has to do what, the first due first.' })
  async tasks(
    @Root() campaign: CampaignType,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('state', () => TaskStateEnum, { nullable: true, description: 'Those in this state alone.' })
    state: TaskState | null | undefined,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<CampaignTaskType>> {
    const request = page.toRequest();
    const options = { request, state: state ?? null };
    const rows = await loaders.campaignTasks.load({ campaignId: campaign.localId, options });
    return toConnection(pageOf(rows, request), { node: toTask, cursor: (row) => instantCursor(row.dueAt, row.id) });
  }

  @ResultMutation(ChangeCampaignTaskResult, { description: `Give a member of a partner a task. ${WHO}` })
  async addCampaignTask(
    @Arg('input', () => AddCampaignTaskInputType, { description: 'The task.' }) input: AddCampaignTaskInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignTaskSuccess> {
    const task = await services.campaignTasks.add(actor, {
      ...input,
      campaignId: localId('Campaign', input.campaignId),
      partnerId: localId('Partner', input.partnerId),
      ownerId: localId('User', input.ownerId),
    });
    return build(ChangeCampaignTaskSuccess, { task: toTask(task) });
  }

  @ResultMutation(ChangeCampaignTaskResult, { description: `Change what a task says, or whose it is. ${WHO}` })
  async changeCampaignTask(
    @Arg('input', () => ChangeCampaignTaskInputType, { description: 'What changes.' })
    input: ChangeCampaignTaskInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignTaskSuccess> {
    const task = await services.campaignTasks.change(actor, {
      taskId: localId('CampaignTask', input.taskId),
      ownerId: input.ownerId ? localId('User', input.ownerId) : undefined,
      title: input.title ?? undefined,
      dueAt: input.dueAt ?? undefined,
      required: input.required ?? undefined,
    });
    return build(ChangeCampaignTaskSuccess, { task: toTask(task) });
  }

  @ResultMutation(ChangeCampaignTaskResult, { description: `Say how far a task is. Its owner. ${WHO}` })
  async moveCampaignTask(
    @Arg('input', () => MoveCampaignTaskInputType, { description: 'The step.' }) input: MoveCampaignTaskInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignTaskSuccess> {
    const taskId = localId('CampaignTask', input.taskId);
    const task = await services.campaignTasks.move(actor, { taskId, to: input.to });
    return build(ChangeCampaignTaskSuccess, { task: toTask(task) });
  }
}

@Resolver(() => CampaignTaskType)
export class CampaignTaskFieldsResolver {
  @FieldResolver(() => PartnerType, { description: 'Whose task it is.' })
  async partner(@Root() task: CampaignTaskType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(task.partnerId), 'the partner of a task'));
  }

  @FieldResolver(() => String, { description: 'Name of who has to do it.' })
  async ownerName(@Root() task: CampaignTaskType, @Ctx() { loaders }: RequestContext): Promise<string> {
    return present(await loaders.users.load(task.localOwnerId), 'the owner of a task').displayName;
  }
}
