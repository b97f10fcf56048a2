import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { CampaignCouponRow, Channel } from '../../src/campaigns/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { CouponCodeTakenFailure } from '../pricing/coupon.results.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { ForbiddenFailure, InvalidInputFailure, UnauthenticatedFailure } from '../shared/user-error.ts';
import { CampaignOverFailure } from './campaign.results.ts';
import { ChannelEnum } from './campaign.type.ts';

@ObjectType('CampaignCoupon', {
  description: 'A code by which an order says which partner brought the buyer. By itself it makes nothing cheaper.',
})
export class CampaignCouponType {
  /** Not part of the API. */
  readonly localId: string;

  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => ID, { description: 'Identifier of the coupon.' })
  readonly id: string;

  @Field(() => ChannelEnum, { description: 'The channel that orders with it are credited to.' })
  readonly channel: Channel;

  @Field(() => String, { description: 'What to write into an order, in any case of letters.' })
  readonly code: string;

  @Field(() => Date, { description: 'From when it counts, once the campaign has begun.' })
  readonly validFrom: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'From then on it is refused; absent: from the end of the campaign.',
  })
  readonly validUntil: Date | null;

  @Field(() => Int, { nullable: true, description: 'How many orders may name it; absent: any number.' })
  readonly maxUses: number | null;

  @Field(() => Date, { description: 'When it was made.' })
  readonly createdAt: Date;
}

export const CampaignCouponConnection = connectionOf('CampaignCoupon', () => CampaignCouponType);

@InputType('CreateCampaignCouponInput', { description: 'A new coupon code.' })
export class CreateCampaignCouponInputType {
  @Field(() => ID, { description: 'The campaign.' })
  readonly campaignId: string;

  @Field(() => ID, { description: 'The partner that hands it out; it takes part.' })
  readonly partnerId: string;

  @Field(() => ChannelEnum, { description: 'One of the channels of the campaign.' })
  readonly channel: Channel;

  @Field(() => String, {
    nullable: true,
    description: 'From 3 to 40 letters, digits, dashes and underscores; absent: one that nobody can guess.',
  })
  readonly code?: string | null;

  @Field(() => Date, { nullable: true, description: 'From when it counts; absent: now.' })
  readonly validFrom?: Date | null;

  @Field(() => Date, { nullable: true, description: 'Until when; absent: the end of the campaign.' })
  readonly validUntil?: Date | null;

  @Field(() => Int, { nullable: true, description: 'How many orders may name it; absent: any number.' })
  readonly maxUses?: number | null;
}

@ObjectType('ChangeCampaignCouponSuccess', { description: 'The coupon is as it says.', simpleResolvers: true })
export class ChangeCampaignCouponSuccess {
  @Field(() => CampaignCouponType, { description: 'The coupon.' })
  readonly coupon: CampaignCouponType;
}

export const ChangeCampaignCouponResult = mutationResult({
  name: 'ChangeCampaignCouponResult',
  success: ChangeCampaignCouponSuccess,
  failures: [
    UnauthenticatedFailure,
    ForbiddenFailure,
    InvalidInputFailure,
    CampaignOverFailure,
    CouponCodeTakenFailure,
  ],
});

export function toCampaignCoupon(row: CampaignCouponRow): CampaignCouponType {
  const { id: localId, partnerId, channel, code, validFrom, validUntil, maxUses, createdAt } = row;
  return build(CampaignCouponType, {
    id: globalId('CampaignCoupon', localId),
    ...{ localId, partnerId, channel, code, validFrom, validUntil, maxUses, createdAt },
  });
}
