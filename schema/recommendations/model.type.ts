import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type ModelName,
  type ModelVersionRow,
  NoEarlierVersionError,
  type RankerMetrics,
  type SplitMetrics,
  TRAINING_KINDS,
  TRAINING_STATES,
  type TrainingKind,
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

/** As callers name the models. */
export const ModelNameEnum = {
  ITEM_SIMILARITY: 'item-similarity',
  FEED_RANKER: 'feed-ranker',
} as const satisfies Readonly<Record<string, ModelName>>;
registerEnumType(ModelNameEnum, {
  name: 'ModelName',
  description: 'A model that is trained.',
  valuesConfig: {
    ITEM_SIMILARITY: { description: 'Which contents go together, and what is popular.' },
    FEED_RANKER: { description: 'What puts the candidates of a feed in order.' },
  },
});

const TrainingStateEnum = enumOf(TRAINING_STATES);
registerEnumType(TrainingStateEnum, {
  name: 'TrainingState',
  description: 'How far a training is, and how it ended.',
  valuesConfig: {
    TRAINING: { description: 'Shards are still to be done or joined; the version before it serves.' },
    PUBLISHED: { description: 'Its version serves, or did until a later one took over.' },
    REJECTED: {
      description: 'Its version was worse than the one that serves, or learnt from too little, and was not kept.',
    },
    SUPERSEDED: { description: 'A training that read newer interactions ended before it.' },
  },
});

const TrainingKindEnum = enumOf(TRAINING_KINDS);
registerEnumType(TrainingKindEnum, {
  name: 'TrainingKind',
  description: 'What a training compares.',
  valuesConfig: {
    FULL: { description: 'Everything with everything.' },
    INCREMENTAL: {
      description:
        'Everything with what changed since the version that served: it finds what a full training at the moment and ' +
        'with the terms of that version would.',
    },
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

@ObjectType('RankerMetrics', {
  description: 'How a ranker did on the latest fifth of what feeds showed, which it had not learnt from.',
  simpleResolvers: true,
})
export class RankerMetricsType implements RankerMetrics {
  @Field(() => Int, { description: 'Places of feeds that were judged.' })
  readonly examples: number;

  @Field(() => Int, { description: 'How many of them were clicked.' })
  readonly clicks: number;

  @Field(() => Float, {
    description: 'Mean of the negative logarithm of the chance that it gave to what happened, click or not; 0 is best.',
  })
  readonly logLoss: number;

  @Field(() => Float, {
    nullable: true,
    description: 'How likely a place that was clicked has a higher score than one that was not, 0 to 1.',
  })
  readonly auc: number | null;

  @Field(() => Float, { description: 'The log-loss of the rule by hand, on the same places.' })
  readonly priorLogLoss: number;

  @Field(() => Float, { nullable: true, description: 'The area under the curve of the rule by hand.' })
  readonly priorAuc: number | null;

  @Field(() => Float, { nullable: true, description: 'The log-loss of the version that served; absent without one.' })
  readonly servingLogLoss: number | null;

  @Field(() => Float, { nullable: true, description: 'The area under the curve of the version that served.' })
  readonly servingAuc: number | null;
}

@ObjectType('TrainingRun', {
  implements: Node,
  description: 'One training of a model. That of the similarity model is cut in shards that any worker may take.',
  simpleResolvers: true,
})
export class TrainingRunType extends Node {
  @Field(() => String, { description: 'The model: "item-similarity" or "feed-ranker".' })
  readonly model: string;

  @Field(() => TrainingKindEnum, { description: 'What it compares.' })
  readonly kind: TrainingKind;

  @Field(() => TrainingStateEnum, { description: 'How far it is.' })
  readonly state: TrainingState;

  @Field(() => Date, { description: 'When what it learnt from was read.' })
  readonly plannedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was published or given up.' })
  readonly endedAt: Date | null;

  @Field(() => Int, { description: 'Number of its shards; 0 for one that is not cut.' })
  readonly shardCount: number;

  @Field(() => Int, { description: 'How many of them are done.' })
  readonly shardsDone: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Contents that were compared with all others by what people did; absent until its shards are joined.',
  })
  readonly recomputedContents: number | null;

  @Field(() => Int, { description: 'Interactions that were read; for the ranker, places that were shown.' })
  readonly interactions: number;

  @Field(() => ModelMetricsType, {
    nullable: true,
    description: 'How it did; absent until its shards are joined, and for the ranker.',
  })
  readonly metrics: ModelMetricsType | null;

  @Field(() => RankerMetricsType, {
    nullable: true,
    description: 'How a ranker did; absent for other models, and where there was too little to learn from.',
  })
  readonly rankerMetrics: RankerMetricsType | null;

  @Field(() => String, { nullable: true, description: 'Why it was published or not; absent while it goes on.' })
  readonly outcome: string | null;
}

@ObjectType('ModelVersion', { description: 'A trained model that is kept.', simpleResolvers: true })
export class ModelVersionType {
  @Field(() => String, { description: 'The model: "item-similarity" or "feed-ranker".' })
  readonly model: string;

  @Field(() => Int, { description: 'Its number, from 1.' })
  readonly number: number;

  @Field(() => Date, { description: 'When what it learnt from was read.' })
  readonly trainedAt: Date;

  @Field(() => Boolean, { description: 'Whether feeds are made with it.' })
  readonly isServing: boolean;

  @Field(() => ModelMetricsType, {
    nullable: true,
    description: 'How it did; absent when it was never measured, and for the ranker.',
  })
  readonly metrics: ModelMetricsType | null;

  @Field(() => RankerMetricsType, { nullable: true, description: 'How a ranker did; absent for other models.' })
  readonly rankerMetrics: RankerMetricsType | null;
}

@ObjectType('RecomputeRequested', { description: 'The model will be trained anew.', simpleResolvers: true })
export class RecomputeRequested {
  @Field(() => ID, { description: 'Identifier of the job that plans the training, or does it.' })
  readonly jobId: string;

  @Field(() => ID, {
    description:
      'Identifier of the training, to ask how far it is. There will be none when another one, which was asked for ' +
      'later, has read the same interactions by then. That of the ranker is there when it is done.',
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

export const TrainRankerResult = mutationResult({
  name: 'TrainRankerResult',
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
  const { id, model, kind, state, plannedAt, endedAt, shardCount, shardsDone, recomputedContents } = row;
  const { counts, metrics, rankerMetrics, outcome } = row;
  return build(TrainingRunType, {
    id: globalId('TrainingRun', id),
    localId: id,
    model,
    kind,
    state,
    plannedAt,
    endedAt,
    shardCount,
    shardsDone,
    recomputedContents,
    interactions: counts.interactions,
    metrics: metrics && build(ModelMetricsType, metrics),
    rankerMetrics: rankerMetrics && build(RankerMetricsType, rankerMetrics),
    outcome,
  });
}

export function toModelVersion(row: ModelVersionRow): ModelVersionType {
  const { model, number, trainedAt, isServing, metrics, rankerMetrics } = row;
  return build(ModelVersionType, {
    model,
    number,
    trainedAt,
    isServing,
    metrics: metrics && build(ModelMetricsType, metrics),
    rankerMetrics: rankerMetrics && build(RankerMetricsType, rankerMetrics),
  });
}

export function toRecomputeRequested({ jobId, runId }: { jobId: string; runId: string }): RecomputeRequested {
  const ids = { jobId: globalId('Job', jobId), trainingRunId: globalId('TrainingRun', runId) };
  return build(RecomputeRequested, ids);
}
