import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { LineState } from '../../src/reconciliation/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { registerNode } from '../shared/node.registry.ts';
import { SettlementLineStateEnum } from './reconciliation.enums.ts';
import {
  ReconciliationRunConnection,
  ReconciliationRunType,
  SettledLineConnection,
  type SettledLineType,
  toReconciliationRun,
  toSettledLine,
} from './reconciliation-run.type.ts';

async function findRun(id: string, { services, actor }: RequestContext): Promise<ReconciliationRunType | null> {
  const row = await services.reconciliation.find(actor, id);
  return row && toReconciliationRun(row);
}

registerNode('ReconciliationRun', findRun);

@Resolver()
export class ReconciliationRunResolver {
  @Query(() => ReconciliationRunType, { nullable: true, description: 'A run. Finance and admins; absent for others.' })
  reconciliationRun(
    @Arg('id', () => ID, { description: 'Identifier of the run.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ReconciliationRunType | null> {
    return findRun(localId('ReconciliationRun', id), context);
  }

  @Query(() => ReconciliationRunConnection, { description: 'Runs, the latest first. Finance and admins.' })
  async reconciliationRuns(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<ReconciliationRunType>> {
    const rows = await services.reconciliation.list(actor, page.toRequest());
    return toConnection(rows, { node: toReconciliationRun, cursor: (row) => instantCursor(row.uploadedAt, row.id) });
  }

  @Query(() => SettledLineConnection, { description: "A run's lines in the order of the file. Finance and admins." })
  async reconciliationLines(
    @Arg('runId', () => ID, { description: 'The run.' }) runId: string,
    @Arg('state', () => SettlementLineStateEnum, { nullable: true, description: 'Only those.' })
    state: LineState | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<SettledLineType>> {
    const request = { runId: localId('ReconciliationRun', runId), state: state ?? null, page: page.toRequest() };
    const rows = await services.reconciliation.listLines(actor, request);
    return toConnection(rows, { node: toSettledLine, cursor: ({ lineNumber }) => [String(lineNumber)] });
  }
}
