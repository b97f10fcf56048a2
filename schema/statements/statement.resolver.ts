import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { PartnerEntryKind } from '../../src/partner-accounts/index.ts';
import { globalId, localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { type LineOrder, lineCursor } from '../../src/statements/index.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { build } from '../shared/build.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { ClosePeriodResult, ClosePeriodSuccess } from './statement.results.ts';
import {
  LineOrderEnum,
  StatementConnection,
  StatementLineConnection,
  StatementLineKindEnum,
  type StatementLineType,
  StatementType,
  toStatement,
  toStatementLine,
} from './statement.type.ts';

@Resolver(() => StatementType)
export class StatementResolver {
  @Query(() => StatementType, {
    nullable: true,
    description:
      'What a partner earned in a month: as it was written when the month was closed, or as it would be written now. ' +
      'Owners, managers and finance of the partner, finance and admins.',
  })
  async statement(
    @Arg('partnerId', () => ID, { description: 'The partner.' }) partnerId: string,
    @Arg('period', () => String, { description: 'Month, "2026-10".' }) period: string,
    @Arg('currency', () => String, { nullable: true, description: 'May be left out when there is only one.' })
    currency: string | null,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<StatementType | null> {
    const request = { partnerId: localId('Partner', partnerId), period, currency };
    const row = await services.statements.find(actor, request);
    return row && toStatement(row);
  }

  @Query(() => StatementConnection, { description: 'Closed statements of a partner, latest month first.' })
  async statements(
    @Arg('partnerId', () => ID, { description: 'The partner.' }) partnerId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<StatementType>> {
    const rows = await services.statements.list(actor, localId('Partner', partnerId), page.toRequest());
    return toConnection(rows, { node: toStatement, cursor: ({ period, currency }) => [period, currency] });
  }

  @ResultMutation(ClosePeriodResult, { description: 'Close a month once and for all. Finance and admins.' })
  async closePeriod(
    @Arg('period', () => String, { description: 'Month, "2026-10".' }) period: string,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ClosePeriodSuccess> {
    const jobId = await services.statements.requestClosing(actor, period);
    return build(ClosePeriodSuccess, { jobId: globalId('Job', jobId) });
  }

  @FieldResolver(() => PartnerType, { description: 'The partner.' })
  async partner(@Root() { row }: StatementType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(row.partnerId), 'the partner of a statement'));
  }

  @FieldResolver(() => StatementLineConnection, {
    description: 'What happened. All lines sum to closing less opening.',
  })
  async lines(
    @Root() { row }: StatementType,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('order', () => LineOrderEnum, { defaultValue: 'OLDEST_FIRST', description: 'Which come first.' })
    order: LineOrder,
    @Arg('kinds', () => [StatementLineKindEnum], { nullable: true, description: 'Only these kinds; absent for all.' })
    kinds: PartnerEntryKind[] | null,
    @Ctx() { services }: RequestContext,
  ): Promise<Connection<StatementLineType>> {
    const lines = await services.statements.lines(row, { page: page.toRequest(), order, kinds });
    return toConnection(lines, { node: (line) => toStatementLine(line, row.currency), cursor: lineCursor });
  }
}
