import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type ModelVersionRow,
  NoEarlierVersionError,
  type SplitMetrics,
  TRAINING_STATES,
  type TrainingRunRow,
  type TrainingState,
} from '../../src/recommendations/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { Node } from '../shared/node.type.ts';
import { ForbiddenFailure, UnauthenticatedFailure, UserError } from '../shared/user-error.ts';

const TrainingStateEnum = enumOf(TRAINING_STATES);
registerEnumType(TrainingStateEnum, {
  name: 'TrainingState',
  description: 'How far a training is, and how it ended.',
  valuesConfig: {
    TRAINING: { description: 'Shards are still to be done or joined; the version before it serves.' },
    PUBLISHED: { description: 'Its version serves, or did until a later one took over.' },
    REJECTED: { description: 'Its version was worse than the one that serves, and was not kept.' },
    SUPERSEDED: { description: 'A training that read newer interactions ended before it.' },
  },
});

const HELD_OUT_SPLITS = ['TIME', 'TENTH'] as const;
const HeldOutSplitEnum = enumOf(HELD_OUT_SPLITS);
registerEnumType(HeldOutSplitEnum, {
  name: 'HeldOutSplit',
  description: 'What a model was measured by and not shown.',
  valuesConfig: {
    TIME: { description: 'The newest tenth of the interactions.' },
    TENTH: { description: 'Every tenth interaction, since most happened at one moment.' },
  },
});

@ObjectType('ModelMetrics', {
  description: 'How a model that learnt from the past did on what people did next.',
  simpleResolvers: true,
})
export class ModelMetricsType implements SplitMetrics {
  @Field(() => HeldOutSplitEnum, { description: 'What was held out.' })
  readonly split: SplitMetrics['split'];

  @Field(() => Int, { description: 'People who count: they did something before and something new after.' })
  readonly users: number;

  @Field(() => Float, { description: 'Mean normalised discounted cumulative gain of the first 20, 0 to 1.' })
  readonly ndcg: number;

  @Field(() => Float, { description: 'Mean share of what they did next that stands in the first 20, 0 to 1.' })
  readonly recall: number;

  @Field(() => Float, { description: 'The gain of popularity alone, on the same people.' })
  readonly popularityNdcg: number;
}

@ObjectType('TrainingRun', {
  implements: Node,
  description: 'One training of a model, cut in shards that any worker may take.',
  simpleResolvers: true,
})
export class TrainingRunType extends Node {
  @Field(() => String, { description: 'The model: "item-similarity".' })
  readonly model: string;

  @Field(() => TrainingStateEnum, { description: 'How far it is.' })
  readonly state: TrainingState;

  @Field(() => Date, { description: 'When the interactions were read.' })
  readonly plannedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was published or given up.' })
  readonly endedAt: Date | null;

  @Field(() => Int, { description: 'Number of its shards.' })
  readonly shardCount: number;

  @Field(() => Int, { description: 'How many of them are done.' })
  readonly shardsDone: number;

  @Field(() => Int, { description: 'Interactions that were read.' })
  readonly interactions: number;

  @Field(() => ModelMetricsType, { nullable: true, description: 'How it did; absent until its shards are joined.' })
  readonly metrics: ModelMetricsType | null;

  @Field(() => String, { nullable: true, description: 'Why it was published or not; absent while it goes on.' })
  readonly outcome: string | null;
}

@ObjectType('ModelVersion', { description: 'A trained model that is kept.', simpleResolvers: true })
export class ModelVersionType {
  @Field(() => String, { description: 'The model: "item-similarity".' })
  readonly model: string;

  @Field(() => Int, { description: 'Its number, from 1.' })
  readonly number: number;

  @Field(() => Date, { description: 'When what it learnt from was read.' })
  readonly trainedAt: Date;

  @Field(() => Boolean, { description: 'Whether feeds are made with it.' })
  readonly isServing: boolean;

  @Field(() => ModelMetricsType, { nullable: true, description: 'How it did; absent when it was never measured.' })
  readonly metrics: ModelMetricsType | null;
}

@ObjectType('RecomputeRequested', { description: 'The model will be trained anew.', simpleResolvers: true })
export class RecomputeRequested {
  @Field(() => ID, { description: 'Identifier of the job that plans the training.' })
  readonly jobId: string;

  @Field(() => ID, {
    description:
      'Identifier of the training, to ask how far it is. There will be none when another one, which was asked for ' +
      'later, has read the same interactions by then.',
  })
  readonly trainingRunId: string;
}

@ObjectType('NoEarlierVersionError', {
  implements: UserError,
  description: 'Another version serves by now, or none is kept to go back to.',
})
export class NoEarlierVersionFailure extends UserError {
  static readonly source = NoEarlierVersionError;

  @Field(() => Int, { nullable: true, description: 'The version that serves.' })
  readonly servingVersion: number | null;
}

export const RecomputeSimilarityResult = mutationResult({
  name: 'RecomputeSimilarityResult',
  success: RecomputeRequested,
  failures: [ForbiddenFailure, UnauthenticatedFailure],
});

export const RollBackModelResult = mutationResult({
  name: 'RollBackModelResult',
  success: ModelVersionType,
  failures: [NoEarlierVersionFailure, ForbiddenFailure, UnauthenticatedFailure],
});

export const TrainingRunConnection = connectionOf('TrainingRun', () => TrainingRunType);

export function toTrainingRun(row: TrainingRunRow): TrainingRunType {
  const { id, model, state, plannedAt, endedAt, shardCount, shardsDone, counts, metrics, outcome } = row;
  return build(TrainingRunType, {
    id: globalId('TrainingRun', id),
    localId: id,
    model,
    state,
    plannedAt,
    endedAt,
    shardCount,
    shardsDone,
    interactions: counts.interactions,
    metrics: metrics && build(ModelMetricsType, metrics),
    outcome,
  });
}

export function toModelVersion({ model, number, trainedAt, isServing, metrics }: ModelVersionRow): ModelVersionType {
  const figures = metrics && build(ModelMetricsType, metrics);
  return build(ModelVersionType, { model, number, trainedAt, isServing, metrics: figures });
}

export function toRecomputeRequested({ jobId, runId }: { jobId: string; runId: string }): RecomputeRequested {
  const ids = { jobId: globalId('Job', jobId), trainingRunId: globalId('TrainingRun', runId) };
  return build(RecomputeRequested, ids);
}
