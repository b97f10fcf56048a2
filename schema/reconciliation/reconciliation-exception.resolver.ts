import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { registerNode } from '../shared/node.registry.ts';
import { ReconciliationExceptionFilterType } from './reconciliation.input.ts';
import {
  ReconciliationExceptionConnection,
  ReconciliationExceptionStepType,
  ReconciliationExceptionType,
  toReconciliationException,
  toReconciliationExceptionStep,
} from './reconciliation-exception.type.ts';
import { ReconciliationRunType, toReconciliationRun } from './reconciliation-run.type.ts';

registerNode('ReconciliationException', async (id, { services, actor }) => {
  const row = await services.reconciliationExceptions.find(actor, id);
  return row && toReconciliationException(row);
});

@Resolver(() => ReconciliationExceptionType)
export class ReconciliationExceptionResolver {
  @Query(() => ReconciliationExceptionConnection, {
    description: 'Exceptions in the order in which they were found. Finance and admins.',
  })
  async reconciliationExceptions(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ReconciliationExceptionFilterType, { defaultValue: {}, description: 'Which ones.' })
    { runId, assigneeId, ...others }: ReconciliationExceptionFilterType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<ReconciliationExceptionType>> {
    const ids = {
      runId: runId && localId('ReconciliationRun', runId),
      assigneeId: assigneeId && localId('User', assigneeId),
    };
    const request = { filter: { ...others, ...ids }, page: page.toRequest() };
    const rows = await services.reconciliationExceptions.list(actor, request);
    return toConnection(rows, { node: toReconciliationException, cursor: ({ id }) => [id] });
  }

  @FieldResolver(() => ReconciliationRunType, { description: 'The run that found it.' })
  async run(
    @Root() { row }: ReconciliationExceptionType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ReconciliationRunType> {
    return toReconciliationRun(present(await loaders.reconciliationRuns.load(row.runId), 'the run of an exception'));
  }

  @FieldResolver(() => [ReconciliationExceptionStepType], { description: 'How it came to its state, oldest first.' })
  async steps(
    @Root() exception: ReconciliationExceptionType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ReconciliationExceptionStepType[]> {
    const steps = await loaders.reconciliationExceptionSteps.load(exception.localId);
    return steps.map(toReconciliationExceptionStep);
  }
}
