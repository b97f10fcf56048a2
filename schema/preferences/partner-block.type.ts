import { Field, ID, Int, ObjectType } from 'type-graphql';
import { type PartnerBlockRow, TooManyBlocksError } from '../../src/preferences/index.ts';
import { PartnerType } from '../partners/partner.type.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { ForbiddenFailure, InvalidInputFailure, UnauthenticatedFailure, UserError } from '../shared/user-error.ts';

@ObjectType('PartnerBlock', {
  description: 'A partner of which the viewer wants to see nothing.',
  simpleResolvers: true,
})
export class PartnerBlockType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => Date, { description: 'Since when.' })
  readonly blockedAt: Date;
}

export const PartnerBlockConnection = connectionOf('PartnerBlock', () => PartnerBlockType);

@ObjectType('BlockPartnerSuccess', { description: 'The partner is blocked.', simpleResolvers: true })
export class BlockPartnerSuccess {
  @Field(() => PartnerType, { description: 'The partner.' })
  readonly partner: PartnerType;

  @Field(() => Date, { description: 'Since when.' })
  readonly blockedAt: Date;
}

@ObjectType('UnblockPartnerSuccess', { description: 'The partner is not blocked.', simpleResolvers: true })
export class UnblockPartnerSuccess {
  @Field(() => ID, { description: 'Identifier of the partner.' })
  readonly partnerId: string;
}

@ObjectType('TooManyBlocksError', { implements: UserError, description: 'Nobody may block more partners.' })
export class TooManyBlocksFailure extends UserError {
  static readonly source = TooManyBlocksError;

  @Field(() => Int, { description: 'As many as anybody may block.' })
  readonly limit: number;
}

export const BlockPartnerResult = mutationResult({
  name: 'BlockPartnerResult',
  success: BlockPartnerSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure, TooManyBlocksFailure],
});

export const UnblockPartnerResult = mutationResult({
  name: 'UnblockPartnerResult',
  success: UnblockPartnerSuccess,
  failures: [UnauthenticatedFailure, InvalidInputFailure],
});

export function toPartnerBlock({ partnerId, blockedAt }: PartnerBlockRow): PartnerBlockType {
  return build(PartnerBlockType, { partnerId, blockedAt });
}
