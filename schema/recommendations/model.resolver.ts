import { Arg, Args, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import type { ModelName } from '../../src/recommendations/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { registerNode } from '../shared/node.registry.ts';
import {
  ModelNameEnum,
  ModelVersionType,
  type RecomputeRequested,
  RecomputeSimilarityResult,
  RollBackModelResult,
  TrainingRunConnection,
  TrainingRunType,
  TrainRankerResult,
  toModelVersion,
  toRecomputeRequested,
  toTrainingRun,
} from './model.type.ts';

async function findTraining(id: string, { services, actor }: RequestContext): Promise<TrainingRunType | null> {
  const row = await services.models.findTraining(actor, id);
  return row && toTrainingRun(row);
}

registerNode('TrainingRun', findTraining);

@Resolver()
export class ModelResolver {
  @Query(() => TrainingRunType, { nullable: true, description: 'A training. For admins.' })
  trainingRun(
    @Arg('id', () => ID, { description: 'Identifier of the training.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<TrainingRunType | null> {
    return findTraining(localId('TrainingRun', id), context);
  }

  @Query(() => TrainingRunConnection, { description: 'Trainings of models, the latest first. For admins.' })
  async trainingRuns(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<TrainingRunType>> {
    const rows = await services.models.listTrainings(actor, page.toRequest());
    return toConnection(rows, { node: toTrainingRun, cursor: (row) => instantCursor(row.plannedAt, row.id) });
  }

  @Query(() => [ModelVersionType], {
    description: 'The versions that are kept, model by model, newest first. For admins.',
  })
  async modelVersions(@Ctx() { services, actor }: RequestContext): Promise<ModelVersionType[]> {
    return (await services.models.listVersions(actor)).map(toModelVersion);
  }

  @ResultMutation(RecomputeSimilarityResult, { description: 'Train the similarity model anew. For admins.' })
  async recomputeSimilarity(
    @Arg('full', () => Boolean, {
      defaultValue: false,
      description:
        'Compare everything with everything. Otherwise, within a day of the last full training, what did not change ' +
        'since the version that serves is taken from there.',
    })
    isFull: boolean,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<RecomputeRequested> {
    return toRecomputeRequested(await services.similarity.requestRecompute(actor, { isFull }));
  }

  @ResultMutation(TrainRankerResult, {
    description: 'Learn the ranker of feeds anew from what feeds showed. For admins.',
  })
  async trainRanker(@Ctx() { services, actor }: RequestContext): Promise<RecomputeRequested> {
    return toRecomputeRequested(await services.ranker.requestTraining(actor));
  }

  @ResultMutation(RollBackModelResult, {
    description: 'Make feeds with the version before the one that serves. For admins.',
  })
  async rollBackModel(
    @Arg('model', () => ModelNameEnum, {
      defaultValue: ModelNameEnum.ITEM_SIMILARITY,
      description: 'The model.',
    })
    model: ModelName,
    @Arg('fromVersion', () => Int, { description: 'Number of the version that serves and shall not.' }) from: number,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ModelVersionType> {
    return toModelVersion(await services.models.rollBack(actor, { model, from }));
  }
}
