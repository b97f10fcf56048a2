import { Arg, Args, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { pageOf } from '../../src/shared/page.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { build } from '../shared/build.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { CampaignType } from './campaign.type.ts';
import {
  CampaignCouponConnection,
  CampaignCouponType,
  ChangeCampaignCouponResult,
  ChangeCampaignCouponSuccess,
  CreateCampaignCouponInputType,
  toCampaignCoupon,
} from './campaign-coupon.type.ts';

const WHO = 'Owners and managers of the partner, and of the lead.';

@Resolver(() => CampaignType)
export class CampaignCouponResolver {
  @FieldResolver(() => CampaignCouponConnection, { description: 'Its coupon codes, newest first.' })
  async coupons(
    @Root() campaign: CampaignType,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { loaders }: RequestContext,
  ): Promise<Connection<CampaignCouponType>> {
    const request = page.toRequest();
    const rows = await loaders.campaignCoupons.load({ campaignId: campaign.localId, options: { request } });
    const cursor = (row: (typeof rows)[number]) => instantCursor(row.createdAt, row.id);
    return toConnection(pageOf(rows, request), { node: toCampaignCoupon, cursor });
  }

  @ResultMutation(ChangeCampaignCouponResult, {
    description: `Make a code by which orders say who brought the buyer: a touchpoint of the partner. ${WHO}`,
  })
  async createCampaignCoupon(
    @Arg('input', () => CreateCampaignCouponInputType, { description: 'The coupon.' })
    input: CreateCampaignCouponInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignCouponSuccess> {
    const coupon = await services.campaignCoupons.create(actor, {
      campaignId: localId('Campaign', input.campaignId),
      partnerId: localId('Partner', input.partnerId),
      channel: input.channel,
      code: input.code ?? null,
      validFrom: input.validFrom ?? null,
      validUntil: input.validUntil ?? null,
      maxUses: input.maxUses ?? null,
    });
    return build(ChangeCampaignCouponSuccess, { coupon: toCampaignCoupon(coupon) });
  }

  @ResultMutation(ChangeCampaignCouponResult, { description: `Let a coupon be refused from now on. ${WHO}` })
  async retireCampaignCoupon(
    @Arg('couponId', () => ID, { description: 'The coupon.' }) couponId: string,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ChangeCampaignCouponSuccess> {
    const coupon = await services.campaignCoupons.retire(actor, localId('CampaignCoupon', couponId));
    return build(ChangeCampaignCouponSuccess, { coupon: toCampaignCoupon(coupon) });
  }
}

@Resolver(() => CampaignCouponType)
export class CampaignCouponFieldsResolver {
  @FieldResolver(() => PartnerType, { description: 'Who hands it out.' })
  async partner(@Root() coupon: CampaignCouponType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(coupon.partnerId), 'the partner of a coupon'));
  }

  @FieldResolver(() => Int, { description: 'Orders that name it, cancelled ones left out.' })
  async uses(@Root() coupon: CampaignCouponType, @Ctx() { loaders }: RequestContext): Promise<number> {
    return (await loaders.campaignCouponUses.load(coupon.localId))?.uses ?? 0;
  }
}
