import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { EffectVersionRow } from '../../src/attribution/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { ForbiddenFailure, InvalidInputFailure, UnauthenticatedFailure } from '../shared/user-error.ts';

@ObjectType('RemovalEffectVersion', {
  description:
    "What MARKOV learnt at some time from the journeys of everybody: of each partner's channel in each campaign, what part " +
    'of all conversions would be lost without it. Kept for good.',
  simpleResolvers: true,
})
export class RemovalEffectVersionType {
  @Field(() => Int, { description: '1, 2, 3, ...: the highest is the one that runs share by.' })
  readonly number: number;

  @Field(() => Int, { description: 'How many touchpoints in a row a state of the chain is.' })
  readonly order: number;

  @Field(() => Int, { description: 'Journeys that ended with a conversion.' })
  readonly convertedJourneys: number;

  @Field(() => Int, { description: 'What people met after their last conversion, or without any.' })
  readonly lostJourneys: number;

  @Field(() => Date, { description: 'When it was learnt.' })
  readonly learntAt: Date;
}

export const RemovalEffectVersionConnection = connectionOf('RemovalEffectVersion', () => RemovalEffectVersionType);

@ObjectType('LearningRequested', { description: 'Removal effects will be learnt anew.', simpleResolvers: true })
export class LearningRequested {
  @Field(() => ID, { description: 'Identifier of the job. When all is as it was there will be no new version.' })
  readonly jobId: string;
}

export const LearnRemovalEffectsResult = mutationResult({
  name: 'LearnRemovalEffectsResult',
  success: LearningRequested,
  failures: [InvalidInputFailure, ForbiddenFailure, UnauthenticatedFailure],
});

export function toEffectVersion(row: EffectVersionRow): RemovalEffectVersionType {
  const { number, markovOrder: order, learntAt } = row;
  const counts = { convertedJourneys: Number(row.convertedJourneys), lostJourneys: Number(row.lostJourneys) };
  return build(RemovalEffectVersionType, { number, order, learntAt, ...counts });
}

export function toLearningRequested(jobId: string): LearningRequested {
  return build(LearningRequested, { jobId: globalId('Job', jobId) });
}
