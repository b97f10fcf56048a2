import { Field, ObjectType, registerEnumType } from 'type-graphql';
import {
  COUPON_REFUSALS,
  CouponCodeTakenError,
  CouponNotUsableError,
  type CouponRefusal,
} from '../../src/pricing/index.ts';
import { enumOf } from '../shared/enum.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { ForbiddenFailure, InvalidInputFailure, UnauthenticatedFailure, UserError } from '../shared/user-error.ts';
import { CouponType } from './coupon.type.ts';

const CouponRefusalEnum = enumOf(COUPON_REFUSALS);
registerEnumType(CouponRefusalEnum, {
  name: 'CouponRefusal',
  description: 'Why a coupon makes nothing cheaper. OTHER_CONTENTS: it is for what other partners sell.',
});

@ObjectType('CreateCouponSuccess', { description: 'The coupon is made.', simpleResolvers: true })
export class CreateCouponSuccess {
  @Field(() => CouponType, { description: 'The coupon.' })
  readonly coupon: CouponType;
}

@ObjectType('CouponNotUsableError', { implements: UserError, description: 'The coupon makes nothing cheaper here.' })
export class CouponNotUsableFailure extends UserError {
  static readonly source = CouponNotUsableError;

  @Field(() => CouponRefusalEnum, { description: 'Why.' })
  readonly reason: CouponRefusal;
}

@ObjectType('CouponCodeTakenError', { implements: UserError, description: 'Another coupon has the code.' })
export class CouponCodeTakenFailure extends UserError {
  static readonly source = CouponCodeTakenError;

  @Field(() => String, { description: 'The code.' })
  readonly couponCode: string;
}

export const CreateCouponResult = mutationResult({
  name: 'CreateCouponResult',
  success: CreateCouponSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure, CouponCodeTakenFailure],
});
