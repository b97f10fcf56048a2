import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import {
  LedgerAccountConnection,
  LedgerAccountType,
  LedgerVerificationType,
  toLedgerAccount,
  toLedgerVerification,
} from './ledger.type.ts';

@Resolver(() => LedgerAccountType)
export class LedgerResolver {
  @Query(() => LedgerVerificationType, {
    description:
      'Recompute the books: every transaction balances, is what was posted, and is linked to the one before it. ' +
      'Finance and admins.',
    complexity: 500,
  })
  async verifyLedger(@Ctx() { services, actor }: RequestContext): Promise<LedgerVerificationType> {
    return toLedgerVerification(await services.ledger.verify(actor));
  }

  @Query(() => LedgerAccountConnection, { description: 'Accounts by code. Finance and admins.' })
  async ledgerAccounts(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<LedgerAccountType>> {
    const rows = await services.ledger.accounts(actor, page.toRequest());
    return toConnection(rows, { node: toLedgerAccount, cursor: ({ code, currency }) => [code, currency] });
  }

  @FieldResolver(() => MoneyType, { description: 'Sum of its postings: debit positive, credit negative.' })
  async balance(@Root() account: LedgerAccountType, @Ctx() { loaders }: RequestContext): Promise<MoneyType> {
    return toMoney(await loaders.ledgerBalances.load(account.localId), account.currency);
  }
}
