import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { payableCursor } from '../../src/payouts/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { PayableConnection, PayableType, toPayable, toWaitingPart, WaitingPartType } from './payable.type.ts';
import { PayoutDetailsConnection, type PayoutDetailsType, toPayoutDetails } from './payout-details.type.ts';

@Resolver(() => PayableType)
export class PayableResolver {
  @Query(() => PayableType, {
    nullable: true,
    description:
      'What can be paid to a partner now, and what it is made of. Owners, managers and finance of the partner, finance ' +
      'and admins.',
  })
  async payable(
    @Arg('partnerId', () => ID, { description: 'The partner.' }) partnerId: string,
    @Arg('currency', () => String, { description: 'Currency, ISO 4217.' }) currency: string,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<PayableType | null> {
    const row = await services.payables.find(actor, { partnerId: localId('Partner', partnerId), currency });
    return row && toPayable(row);
  }

  @Query(() => PayableConnection, {
    description: 'What can be paid to every partner in a currency now, the largest first. Finance and admins.',
  })
  async payables(
    @Arg('currency', () => String, { description: 'Currency, ISO 4217.' }) currency: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<PayableType>> {
    const rows = await services.payables.list(actor, currency, page.toRequest());
    return toConnection(rows, { node: toPayable, cursor: payableCursor });
  }

  @Query(() => PayoutDetailsConnection, {
    description:
      "Where a partner's money goes, and went before, the latest first. Owners, managers and finance of the partner, " +
      'finance and admins; the whole account for finance staff alone.',
  })
  async payoutDetails(
    @Arg('partnerId', () => ID, { description: 'The partner.' }) partnerId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<PayoutDetailsType>> {
    const rows = await services.payoutDetails.list(actor, localId('Partner', partnerId), page.toRequest());
    return toConnection(rows, { node: toPayoutDetails, cursor: ({ number }) => [String(number)] });
  }

  @FieldResolver(() => PartnerType, { description: 'The partner.' })
  async partner(@Root() { row }: PayableType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(row.partnerId), 'the partner of a payable'));
  }

  @FieldResolver(() => [WaitingPartType], {
    description: 'What waits, the earliest first: one for each month and day on which hold days end.',
  })
  async waitingParts(@Root() { row }: PayableType, @Ctx() { loaders }: RequestContext): Promise<WaitingPartType[]> {
    return (await loaders.waitingParts.load(row)).map((part) => toWaitingPart(part, row.currency));
  }
}
