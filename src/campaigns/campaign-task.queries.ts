import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import type { PageRequest } from '../shared/page.ts';
import { findPartPages } from './campaign-parts.queries.ts';
import type { TaskState } from './campaign-task.state.ts';

export interface TaskRow {
  readonly id: string;
  readonly campaignId: string;
  readonly partnerId: string;
  readonly ownerId: string;
  readonly title: string;
  readonly dueAt: Date;
  readonly required: boolean;
  readonly state: TaskState;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly movedBy: string;
  readonly movedAt: Date;
  /** Open, and due before now. */
  readonly isOverdue: boolean;
}

/** A page of each campaign's tasks, the first due first. */
export function findTaskPages(
  database: Database,
  {
    state,
    now,
    ...asked
  }: { campaignIds: readonly string[]; request: PageRequest; state: TaskState | null; now: Date },
): Promise<TaskRow[]> {
  return findPartPages(database, asked, {
    table: 'campaign_tasks',
    columns: sql`part.id, part.campaign_id as "campaignId", part.partner_id as "partnerId", part.owner_id as "ownerId",
      part.title, part.due_at as "dueAt", part.required, part.state, part.created_by as "createdBy",
      part.created_at as "createdAt", part.moved_by as "movedBy", part.moved_at as "movedAt",
      part.state = 'OPEN' and part.due_at < ${now} as "isOverdue"`,
    at: 'due_at',
    direction: 'asc',
    where: state === null ? sql`true` : sql`part.state = ${state}`,
  });
}

export function toTaskRow(task: Omit<TaskRow, 'isOverdue'>, now: Date): TaskRow {
  const { id, campaignId, partnerId, ownerId, title, dueAt, required, state, ...told } = task;
  const { createdBy, createdAt, movedBy, movedAt } = told;
  const isOverdue = state === 'OPEN' && dueAt < now;
  const facts = { id, campaignId, partnerId, ownerId, title, dueAt, required, state };
  return { ...facts, createdBy, createdAt, movedBy, movedAt, isOverdue };
}
