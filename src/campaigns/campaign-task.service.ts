import { LockMode } from '@mikro-orm/core';
import { PartnerMember } from '../partners/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName } from '../shared/actor.ts';
import { requireText } from '../shared/input.ts';
import { check } from './campaign.checks.ts';
import { decidesOn, lockCampaignFor, refusal, requireOpen, requirePartOf } from './campaign-access.ts';
import { requireRoom } from './campaign-parts.queries.ts';
import { CampaignTask } from './campaign-task.entity.ts';
import { type TaskRow, toTaskRow } from './campaign-task.queries.ts';
import type { TaskState } from './campaign-task.state.ts';

export interface TaskInput {
  readonly campaignId: string;
  readonly partnerId: string;
  /** A member of the partner. */
  readonly ownerId: string;
  readonly title: string;
  readonly dueAt: Date;
  readonly required: boolean;
}

/** What is absent stays. */
export interface TaskChange {
  readonly taskId: string;
  readonly ownerId?: string | undefined;
  readonly title?: string | undefined;
  readonly dueAt?: Date | undefined;
  readonly required?: boolean | undefined;
}

const MAX_TASKS = 500;

/** Who has to do what for a campaign, and until when. */
export class CampaignTaskService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Gives a member of a partner a task.
   *
   * @throws InvalidInputError naming the field; also when the owner is no member of the partner
   * @throws CampaignOverError
   * @throws ForbiddenError for anybody but owners and managers of the partner and of the lead, and admins
   */
  async add(actor: Actor, input: TaskInput): Promise<TaskRow> {
    const { campaignId, partnerId, ownerId, dueAt, required } = input;
    const title = checkTitle(input.title);
    return this.#platform.database.transaction(async (em) => {
      requireOpen(await lockCampaignFor(em, actor, { campaignId, partnerId }));
      await requireMember(em, { partnerId, ownerId });
      await requireRoom(em, 'campaign_tasks', { campaignId, most: MAX_TASKS });
      const [at, by] = [this.#platform.clock.now(), actorName(actor)];
      const facts = { campaignId, partnerId, ownerId, title, dueAt, required, state: 'OPEN' as const };
      const told = { createdBy: by, createdAt: at, movedBy: by, movedAt: at };
      const task = em.create(CampaignTask, { id: this.#platform.ids.next(), ...facts, ...told }, { persist: true });
      return toTaskRow(task, at);
    });
  }

  /**
   * Hands a task to another member, or changes what it says. That it is required is lifted by the lead alone.
   *
   * @throws InvalidInputError naming the field
   * @throws CampaignOverError
   * @throws ForbiddenError as `add`, and when there is no such task
   */
  async change(actor: Actor, { taskId, ownerId, title, dueAt, required }: TaskChange): Promise<TaskRow> {
    return this.#platform.database.transaction(async (em) => {
      const task = await lockTask(em, actor, taskId);
      const campaign = await requirePartOf(em, actor, task);
      requireOpen(campaign);
      if (required === false && task.required && !decidesOn(actor, campaign)) throw refusal(actor);
      if (ownerId !== undefined) await requireMember(em, { partnerId: task.partnerId, ownerId });
      task.ownerId = ownerId ?? task.ownerId;
      task.title = title === undefined ? task.title : checkTitle(title);
      task.dueAt = dueAt ?? task.dueAt;
      task.required = required ?? task.required;
      return toTaskRow(task, this.#platform.clock.now());
    });
  }

  /**
   * Says that a task is done, dropped, or open again: its owner may, and whoever may change it. What is required is
   * dropped by the lead alone.
   *
   * @throws IllegalTransitionError
   * @throws CampaignOverError
   * @throws ForbiddenError for others, and when there is no such task
   */
  async move(actor: Actor, { taskId, to }: { taskId: string; to: TaskState }): Promise<TaskRow> {
    return this.#platform.database.transaction(async (em) => {
      const task = await lockTask(em, actor, taskId);
      const campaign = await requirePartOf(em, actor, task, isOwner(actor, task));
      requireOpen(campaign);
      if (to === 'DROPPED' && task.required && !decidesOn(actor, campaign)) throw refusal(actor);
      const at = this.#platform.clock.now();
      task.moveTo(to, { by: actorName(actor), at });
      return toTaskRow(task, at);
    });
  }
}

async function lockTask(em: EntityManager, actor: Actor, id: string): Promise<CampaignTask> {
  const task = await em.findOne(CampaignTask, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!task) throw refusal(actor);
  return task;
}

/** As long as they belong to the partner whose task it is. */
function isOwner(actor: Actor, { ownerId, partnerId }: CampaignTask): boolean {
  if (actor.kind !== 'USER' || actor.userId !== ownerId) return false;
  return actor.memberships.some((membership) => membership.partnerId === partnerId);
}

async function requireMember(em: EntityManager, who: { partnerId: string; ownerId: string }): Promise<void> {
  const member = await em.findOne(PartnerMember, { partnerId: who.partnerId, userId: who.ownerId });
  check(member !== null, 'ownerId', 'The owner of a task is a member of the partner.');
}

function checkTitle(title: string): string {
  return requireText('title', title, { maxLength: 200 });
}
