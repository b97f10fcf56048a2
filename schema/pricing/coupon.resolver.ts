import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { build } from '../shared/build.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { CreateCouponResult, CreateCouponSuccess } from './coupon.results.ts';
import { CouponConnection, CouponType, CreateCouponInputType, toCoupon } from './coupon.type.ts';

@Resolver(() => CouponType)
export class CouponResolver {
  @Query(() => CouponConnection, { description: 'Every coupon, newest first. Finance and admins.' })
  async coupons(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<CouponType>> {
    return toConnection(await services.coupons.list(actor, page.toRequest()), {
      node: toCoupon,
      cursor: (row) => instantCursor(row.createdAt, row.id),
    });
  }

  @ResultMutation(CreateCouponResult, { description: 'Make a coupon. It never changes. Finance and admins.' })
  async createCoupon(
    @Arg('input', () => CreateCouponInputType, { description: 'The coupon.' }) input: CreateCouponInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<CreateCouponSuccess> {
    const partnerId = input.partnerId ? localId('Partner', input.partnerId) : null;
    return build(CreateCouponSuccess, {
      coupon: toCoupon(await services.coupons.create(actor, { ...input, partnerId })),
    });
  }

  @FieldResolver(() => PartnerType, { nullable: true, description: 'Whose contents become cheaper; absent for all.' })
  async partner(@Root() { partnerId }: CouponType, @Ctx() { loaders }: RequestContext): Promise<PartnerType | null> {
    const row = partnerId === null ? null : await loaders.partners.load(partnerId);
    return row && toPartner(row);
  }
}
