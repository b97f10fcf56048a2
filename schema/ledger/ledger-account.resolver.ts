import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { balanceInstant, postingCursor } from '../../src/ledger/index.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { registerNode } from '../shared/node.registry.ts';
import {
  BalanceArgs,
  LedgerAccountConnection,
  LedgerAccountType,
  LedgerHoldConnection,
  type LedgerHoldType,
  LedgerPostingConnection,
  type LedgerPostingType,
  toLedgerAccount,
  toLedgerHold,
  toLedgerPosting,
} from './ledger-account.type.ts';

@Resolver(() => LedgerAccountType)
export class LedgerAccountResolver {
  @Query(() => LedgerAccountConnection, { description: 'Accounts by code. Finance and admins.' })
  async ledgerAccounts(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<LedgerAccountType>> {
    const rows = await services.ledgerAccounts.list(actor, page.toRequest());
    return toConnection(rows, { node: toLedgerAccount, cursor: ({ code, currency }) => [code, currency] });
  }

  @Query(() => LedgerAccountType, {
    nullable: true,
    description: 'An account by its code. Absent when nothing was posted on it yet. Finance and admins.',
  })
  async ledgerAccount(
    @Arg('code', () => String, { description: 'Whose and what: "platform:revenue".' }) code: string,
    @Arg('currency', () => String, { description: 'Currency, ISO 4217.' }) currency: string,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<LedgerAccountType | null> {
    const row = await services.ledgerAccounts.find(actor, { code, currency });
    return row && toLedgerAccount(row);
  }

  @FieldResolver(() => MoneyType, {
    description: 'Sum of its postings, debit positive, credit negative: of all, or of those up to an instant.',
  })
  async balance(
    @Root() account: LedgerAccountType,
    @Args(() => BalanceArgs) times: BalanceArgs,
    @Ctx() { loaders }: RequestContext,
  ): Promise<MoneyType> {
    const wanted = { accountId: account.localId, instant: balanceInstant(times) };
    return toMoney(await loaders.ledgerBalances.load(wanted), account.currency);
  }

  @FieldResolver(() => MoneyType, {
    description: "What may be taken: its balance on the account's normal side, less what is held.",
  })
  async available(@Root() account: LedgerAccountType, @Ctx() { loaders }: RequestContext): Promise<MoneyType> {
    const { localId: id, kind, currency } = account;
    return toMoney((await loaders.ledgerFunds.load({ id, kind })).availableMinor, currency);
  }

  @FieldResolver(() => MoneyType, { description: 'What is set aside by pending holds.' })
  async held(@Root() account: LedgerAccountType, @Ctx() { loaders }: RequestContext): Promise<MoneyType> {
    const { localId: id, kind, currency } = account;
    return toMoney((await loaders.ledgerFunds.load({ id, kind })).heldMinor, currency);
  }

  @FieldResolver(() => LedgerPostingConnection, { description: 'Its postings, the last recorded first.' })
  async postings(
    @Root() account: LedgerAccountType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<LedgerPostingType>> {
    const rows = await services.ledgerAccounts.postings(actor, account.localId, page.toRequest());
    return toConnection(rows, { node: toLedgerPosting, cursor: postingCursor });
  }

  @FieldResolver(() => LedgerHoldConnection, { description: 'What was set aside on it, the latest first.' })
  async holds(
    @Root() account: LedgerAccountType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<LedgerHoldType>> {
    const rows = await services.ledgerAccounts.holds(actor, account.localId, page.toRequest());
    return toConnection(rows, { node: toLedgerHold, cursor: ({ createdAt, id }) => instantCursor(createdAt, id) });
  }
}

registerNode('LedgerAccount', async (id, { actor, services }) => {
  const row = await services.ledgerAccounts.findById(actor, id);
  return row && toLedgerAccount(row);
});
