import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { TASK_STATES, type TaskRow, type TaskState } from '../../src/campaigns/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import {
  ForbiddenFailure,
  IllegalTransitionFailure,
  InvalidInputFailure,
  UnauthenticatedFailure,
} from '../shared/user-error.ts';
import { CampaignOverFailure } from './campaign.results.ts';

export const TaskStateEnum = enumOf(TASK_STATES);
registerEnumType(TaskStateEnum, { name: 'CampaignTaskState', description: 'Where a task stands.' });

@ObjectType('CampaignTask', { description: 'Something that one partner has to do for a campaign.' })
export class CampaignTaskType {
  /** Not part of the API. */
  readonly partnerId: string;

  /** Not part of the API. */
  readonly localOwnerId: string;

  @Field(() => ID, { description: 'Identifier of the task.' })
  readonly id: string;

  @Field(() => ID, { description: 'Who has to do it: a member of the partner.' })
  readonly ownerId: string;

  @Field(() => String, { description: 'What is to be done.' })
  readonly title: string;

  @Field(() => Date, { description: 'Until when.' })
  readonly dueAt: Date;

  @Field(() => Boolean, { description: 'Whether the campaign may not go live while it is open.' })
  readonly required: boolean;

  @Field(() => TaskStateEnum, { description: 'Where it stands.' })
  readonly state: TaskState;

  @Field(() => Boolean, { description: 'Whether it is open, and was due before now.' })
  readonly isOverdue: boolean;

  @Field(() => Date, { description: 'When it was given.' })
  readonly createdAt: Date;

  @Field(() => String, { description: 'Who brought it to its state: "user:..." or "system:...".' })
  readonly movedBy: string;

  @Field(() => Date, { description: 'When it came to its state.' })
  readonly movedAt: Date;
}

export const CampaignTaskConnection = connectionOf('CampaignTask', () => CampaignTaskType);

@InputType('AddCampaignTaskInput', { description: 'A new task.' })
export class AddCampaignTaskInputType {
  @Field(() => ID, { description: 'The campaign.' })
  readonly campaignId: string;

  @Field(() => ID, { description: 'The partner that has to do it; it takes part.' })
  readonly partnerId: string;

  @Field(() => ID, { description: 'Who has to do it: a member of the partner.' })
  readonly ownerId: string;

  @Field(() => String, { description: 'What is to be done, up to 200 characters.' })
  readonly title: string;

  @Field(() => Date, { description: 'Until when.' })
  readonly dueAt: Date;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether the campaign may not go live while it is open.' })
  readonly required: boolean;
}

@InputType('ChangeCampaignTaskInput', { description: 'What of a task is to change; what is absent stays.' })
export class ChangeCampaignTaskInputType {
  @Field(() => ID, { description: 'The task.' })
  readonly taskId: string;

  @Field(() => ID, { nullable: true, description: 'Who has to do it: a member of the partner.' })
  readonly ownerId?: string | null;

  @Field(() => String, { nullable: true, description: 'What is to be done, up to 200 characters.' })
  readonly title?: string | null;

  @Field(() => Date, { nullable: true, description: 'Until when.' })
  readonly dueAt?: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Lifted by the lead alone.' })
  readonly required?: boolean | null;
}

@InputType('MoveCampaignTaskInput', { description: 'How far a task is.' })
export class MoveCampaignTaskInputType {
  @Field(() => ID, { description: 'The task.' })
  readonly taskId: string;

  @Field(() => TaskStateEnum, { description: 'State to move to. What is required is dropped by the lead alone.' })
  readonly to: TaskState;
}

@ObjectType('ChangeCampaignTaskSuccess', { description: 'The task is as it says.', simpleResolvers: true })
export class ChangeCampaignTaskSuccess {
  @Field(() => CampaignTaskType, { description: 'The task.' })
  readonly task: CampaignTaskType;
}

export const ChangeCampaignTaskResult = mutationResult({
  name: 'ChangeCampaignTaskResult',
  success: ChangeCampaignTaskSuccess,
  failures: [
    UnauthenticatedFailure,
    ForbiddenFailure,
    InvalidInputFailure,
    CampaignOverFailure,
    IllegalTransitionFailure,
  ],
});

export function toTask(row: TaskRow): CampaignTaskType {
  const { id, partnerId, title, dueAt, required, state, isOverdue, createdAt, movedBy, movedAt } = row;
  return build(CampaignTaskType, {
    id: globalId('CampaignTask', id),
    ownerId: globalId('User', row.ownerId),
    localOwnerId: row.ownerId,
    ...{ partnerId, title, dueAt, required, state, isOverdue, createdAt, movedBy, movedAt },
  });
}
