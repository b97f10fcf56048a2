import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { InvalidInputError } from '../../src/shared/domain-error.ts';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import {
  ComparedSaleConnection,
  type ComparedSaleType,
  PartyComparisonType,
  toComparedSale,
  toVersionComparison,
  VersionComparisonType,
} from './comparison.type.ts';
import { CompareVersionsInputType } from './split.input.ts';

@Resolver(() => VersionComparisonType)
export class VersionComparisonResolver {
  @Query(() => VersionComparisonType, {
    description:
      'What the sales of a past month would have given to whom under another version of their contract. Finance, ' +
      'admins and parties. Nothing is booked.',
  })
  async compareVersions(
    @Arg('input', () => CompareVersionsInputType, { description: 'Month and version.' })
    input: CompareVersionsInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<VersionComparisonType> {
    const contractId = localId('Contract', input.contractId);
    return toVersionComparison(await services.versionComparer.compare(actor, { ...input, contractId }));
  }

  @FieldResolver(() => ComparedSaleConnection, { description: 'Sale by sale, in the order in which they were booked.' })
  sales(
    @Root() { compared }: VersionComparisonType,
    @Args(() => PageArgs) args: PageArgs,
  ): Connection<ComparedSaleType> {
    const { first, after } = args.toRequest();
    const at = after ? compared.findIndex(({ orderItemId }) => orderItemId === after[0]) : -1;
    if (after && at === -1) throw new InvalidInputError('after', 'The cursor is not one that this list gave out.');
    const page = { rows: compared.slice(at + 1, at + 1 + first), hasNextPage: compared.length > at + 1 + first };
    return toConnection(page, { node: toComparedSale, cursor: ({ orderItemId }) => [orderItemId] });
  }
}

@Resolver(() => PartyComparisonType)
export class PartyComparisonResolver {
  @FieldResolver(() => PartnerType, { nullable: true, description: 'The partner, when it is one.' })
  async partner(@Root() line: PartyComparisonType, @Ctx() { loaders }: RequestContext): Promise<PartnerType | null> {
    if (line.partnerId === null) return null;
    return toPartner(present(await loaders.partners.load(line.partnerId), 'the partner of a share'));
  }
}
