import { Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import type { JobRow } from '../../src/outbox/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { enumOf } from '../shared/enum.ts';
import { Node } from '../shared/node.type.ts';

const JOB_STATES = ['WAITING', 'QUEUED', 'RUNNING', 'DONE', 'FAILED'] as const;
type JobState = (typeof JOB_STATES)[number];

export const JobStateEnum = enumOf(JOB_STATES);
registerEnumType(JobStateEnum, { name: 'JobState', description: 'How far a job is.' });

@ObjectType('JobError', { description: 'Why a job was given up.', simpleResolvers: true })
export class JobError {
  @Field(() => String, { description: 'Stable code, for programs.' })
  readonly code: string;

  @Field(() => String, { description: 'What was wrong, for people.' })
  readonly message: string;
}

@ObjectType('Job', { implements: Node, description: 'Work that goes on behind a request.', simpleResolvers: true })
export class JobType extends Node {
  @Field(() => String, { description: 'What it does: "recompute-similarity".' })
  readonly name: string;

  @Field(() => JobStateEnum, { description: 'How far it is.' })
  readonly state: JobState;

  @Field(() => Float, { description: 'Part that is done, from 0 to 1. Short jobs go from 0 to 1 at once.' })
  readonly progress: number;

  @Field(() => JobError, { nullable: true, description: 'Why it was given up; absent unless it was.' })
  readonly error: JobError | null;

  @Field(() => Date, { description: 'When it was asked for.' })
  readonly createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was done or given up.' })
  readonly settledAt: Date | null;
}

/** @param seesInternals whether the reader is one of those who operate the product */
export function toJob(row: JobRow, { seesInternals }: { seesInternals: boolean }): JobType {
  const { id, job, progress, createdAt, settledAt } = row;
  return build(JobType, {
    id: globalId('Job', id),
    localId: id,
    name: job,
    state: stateOf(row),
    progress,
    error: errorOf(row, seesInternals),
    createdAt,
    settledAt,
  });
}

function stateOf({ errorCode, settledAt, relayedAt, progress }: JobRow): JobState {
  if (settledAt) return errorCode === null ? 'DONE' : 'FAILED';
  if (!relayedAt) return 'WAITING';
  return progress > 0 ? 'RUNNING' : 'QUEUED';
}

function errorOf({ errorCode, error }: JobRow, seesInternals: boolean): JobError | null {
  if (errorCode === null) return null;
  const isPublic = errorCode !== 'INTERNAL' || seesInternals;
  return build(JobError, { code: errorCode, message: isPublic ? (error ?? '') : 'Internal error' });
}
