import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { timestamp } from '../platform/columns.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { User } from '../users/index.ts';
import { Campaign } from './campaign.entity.ts';
import { TASK_STATES, type TaskState, taskLifecycle } from './campaign-task.state.ts';

export const CampaignTaskSchema = defineEntity({
  name: 'CampaignTask',
  tableName: 'campaign_tasks',
  indexes: [{ properties: ['campaignId', 'dueAt', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    campaignId: () => p.manyToOne(Campaign).mapToPk().name('campaign_id'),
    /** Whose task it is. */
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    /** A member of that partner. */
    ownerId: () => p.manyToOne(User).mapToPk().name('owner_id'),
    title: p.text(),
    dueAt: timestamp(),
    /** Whether the campaign may not go live while it is open. */
    required: p.boolean(),
    state: p.enum(TASK_STATES),
    createdBy: p.text(),
    createdAt: timestamp(),
    /** Who brought it to its state, and when. */
    movedBy: p.text(),
    movedAt: timestamp(),
  },
});

/** Something that one partner has to do for a campaign. */
export class CampaignTask extends CampaignTaskSchema.class {
  /** @throws IllegalTransitionError when the lifecycle has no such step. */
  moveTo(state: TaskState, { by, at }: { by: string; at: Date }): void {
    assertTransition('task', taskLifecycle, { from: this.state, to: state });
    this.state = state;
    this.movedBy = by;
    this.movedAt = at;
  }
}
CampaignTaskSchema.setClass(CampaignTask);
