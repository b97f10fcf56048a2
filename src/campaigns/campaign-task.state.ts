import type { Lifecycle } from '../shared/lifecycle.ts';

export const TASK_STATES = ['OPEN', 'DONE', 'DROPPED'] as const;
export type TaskState = (typeof TASK_STATES)[number];

export const taskLifecycle: Lifecycle<TaskState> = {
  OPEN: ['DONE', 'DROPPED'],
  DONE: ['OPEN'],
  DROPPED: ['OPEN'],
};
