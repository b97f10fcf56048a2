import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { present } from '../../src/shared/invariant.ts';
import type { RequestContext } from '../shared/context.ts';
import { registerNode } from '../shared/node.registry.ts';
import { LineDisputeType, toLineDispute } from './line-dispute.type.ts';
import { StatementLineProofType, StatementLineType, toLineProof, toStatementLine } from './statement.type.ts';
import { StatementLineTraceType, toStatementLineTrace } from './trace.type.ts';

/** A proof hashes the whole statement. */
const PROOF_COST = 50;

export async function findStatementLine(
  id: string,
  { actor, services }: RequestContext,
): Promise<StatementLineType | null> {
  const row = await services.statements.findLine(actor, id);
  return row && toStatementLine(row, row.currency);
}

registerNode('StatementLine', findStatementLine);

@Resolver(() => StatementLineType)
export class StatementLineResolver {
  @FieldResolver(() => StatementLineTraceType, {
    description:
      'What is behind the line: order, payment, split, contract clause and contact with the split computed again, ' +
      'or the clause, the dispute or the payout that it came from.',
  })
  async trace(@Root() line: StatementLineType, @Ctx() { loaders }: RequestContext): Promise<StatementLineTraceType> {
    return toStatementLineTrace(present(await loaders.lineTraces.load(line.localId), 'the trace of a line'));
  }

  @FieldResolver(() => StatementLineProofType, {
    nullable: true,
    complexity: PROOF_COST,
    description: 'That the line is on the statement. Absent where the statement has no root.',
  })
  async proof(
    @Root() line: StatementLineType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<StatementLineProofType | null> {
    const proof = await loaders.lineProofs.load(line.localId);
    return proof && toLineProof(proof);
  }

  @FieldResolver(() => [LineDisputeType], { description: 'How the line was disputed, the latest first.' })
  async disputes(@Root() line: StatementLineType, @Ctx() { loaders }: RequestContext): Promise<LineDisputeType[]> {
    return (await loaders.lineDisputes.load(line.localId)).map(toLineDispute);
  }
}
