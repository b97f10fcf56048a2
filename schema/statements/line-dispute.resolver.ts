import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { type DisputeState, disputeCursor } from '../../src/statements/index.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { build } from '../shared/build.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { registerNode } from '../shared/node.registry.ts';
import {
  AnswerLineDisputeInputType,
  DisputeLineInputType,
  WithdrawLineDisputeInputType,
} from './line-dispute.input.ts';
import {
  AnswerLineDisputeResult,
  DisputeLineResult,
  LineDisputeSuccess,
  WithdrawLineDisputeResult,
} from './line-dispute.results.ts';
import {
  DisputeStateEnum,
  LineDisputeConnection,
  LineDisputeStepType,
  LineDisputeType,
  toLineDispute,
  toLineDisputeStep,
} from './line-dispute.type.ts';
import { StatementLineType, toStatementLine } from './statement.type.ts';

registerNode('LineDispute', async (id, { actor, services }) => {
  const row = await services.lineDisputes.find(actor, id);
  return row && toLineDispute(row);
});

@Resolver(() => LineDisputeType)
export class LineDisputeResolver {
  @Query(() => LineDisputeConnection, {
    description: "Disputes, those that wait longest first: a partner's own, or for finance and admins those of all.",
  })
  async lineDisputes(
    @Arg('partnerId', () => ID, { nullable: true, description: 'The partner; absent for all.' })
    partnerId: string | undefined | null,
    @Arg('state', () => DisputeStateEnum, { nullable: true, description: 'Only these; absent for all.' })
    state: DisputeState | undefined | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<LineDisputeType>> {
    const filter = { partnerId: partnerId ? localId('Partner', partnerId) : null, state: state ?? null };
    const rows = await services.lineDisputes.list(actor, filter, page.toRequest());
    return toConnection(rows, { node: toLineDispute, cursor: disputeCursor });
  }

  @ResultMutation(DisputeLineResult, {
    description: 'Say that a line is wrong. Owners, managers and finance of the partner.',
  })
  async disputeLine(
    @Arg('input', () => DisputeLineInputType, { description: 'What is wrong.' }) input: DisputeLineInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<LineDisputeSuccess> {
    const { lineId, amount: amountMinor, reason, idempotencyKey } = input;
    const facts = { lineId: localId('StatementLine', lineId), amountMinor, reason, idempotencyKey };
    return build(LineDisputeSuccess, { dispute: toLineDispute(await services.lineDisputes.open(actor, facts)) });
  }

  @ResultMutation(AnswerLineDisputeResult, {
    description: 'Answer a dispute for the platform. Finance and admins who do not belong to the partner.',
  })
  async answerLineDispute(
    @Arg('input', () => AnswerLineDisputeInputType, { description: 'The answer.' }) input: AnswerLineDisputeInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<LineDisputeSuccess> {
    const { disputeId, amount: amountMinor = null, ...answer } = input;
    const facts = { ...answer, disputeId: localId('LineDispute', disputeId), amountMinor };
    return build(LineDisputeSuccess, { dispute: toLineDispute(await services.lineDisputes.answer(actor, facts)) });
  }

  @ResultMutation(WithdrawLineDisputeResult, {
    description: 'Take a dispute back before it is answered. Owners, managers and finance of the partner.',
  })
  async withdrawLineDispute(
    @Arg('input', () => WithdrawLineDisputeInputType, { description: 'What to take back.' })
    { disputeId, reason }: WithdrawLineDisputeInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<LineDisputeSuccess> {
    const facts = { disputeId: localId('LineDispute', disputeId), reason };
    return build(LineDisputeSuccess, { dispute: toLineDispute(await services.lineDisputes.withdraw(actor, facts)) });
  }

  @FieldResolver(() => PartnerType, { description: 'The partner.' })
  async partner(@Root() { row }: LineDisputeType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(row.partnerId), 'the partner of a dispute'));
  }

  @FieldResolver(() => StatementLineType, { description: 'The line.' })
  async line(@Root() { row }: LineDisputeType, @Ctx() { loaders }: RequestContext): Promise<StatementLineType> {
    const line = present(await loaders.statementLines.load(row.postingId), 'the line of a dispute');
    return toStatementLine(line, line.currency);
  }

  @FieldResolver(() => StatementLineType, { nullable: true, description: 'The adjustment, when it was accepted.' })
  async adjustment(
    @Root() { row }: LineDisputeType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<StatementLineType | null> {
    const line = row.adjustmentPostingId && (await loaders.statementLines.load(row.adjustmentPostingId));
    return line ? toStatementLine(line, line.currency) : null;
  }

  @FieldResolver(() => [LineDisputeStepType], { description: 'How it came to its state, oldest first.' })
  async steps(@Root() { localId: id }: LineDisputeType, @Ctx() { loaders }: RequestContext) {
    return (await loaders.disputeSteps.load(id)).map(toLineDisputeStep);
  }
}
