import { Field, ObjectType } from 'type-graphql';
import {
  LicenceOverlapError,
  PartnerNotActiveError,
  type QualityRule,
  QualityRulesError,
} from '../../src/content/index.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import {
  ForbiddenFailure,
  IllegalTransitionFailure,
  InvalidInputFailure,
  UnauthenticatedFailure,
  UserError,
} from '../shared/user-error.ts';
import { QualityRuleEnum } from './content.enums.ts';
import { ContentType, LicenceType } from './content.type.ts';

@ObjectType('CreateContentSuccess', { description: 'The draft is begun.', simpleResolvers: true })
export class CreateContentSuccess {
  @Field(() => ContentType, { description: 'The draft.' })
  readonly content: ContentType;
}

@ObjectType('UpdateContentSuccess', { description: 'The draft has changed.', simpleResolvers: true })
export class UpdateContentSuccess {
  @Field(() => ContentType, { description: 'The draft.' })
  readonly content: ContentType;
}

@ObjectType('MoveContentSuccess', { description: 'The content has moved along its lifecycle.', simpleResolvers: true })
export class MoveContentSuccess {
  @Field(() => ContentType, { description: 'The content in its new state.' })
  readonly content: ContentType;
}

@ObjectType('AddLicenceSuccess', { description: 'The licence is held.', simpleResolvers: true })
export class AddLicenceSuccess {
  @Field(() => LicenceType, { description: 'The licence.' })
  readonly licence: LicenceType;
}

@ObjectType('QualityFinding', { description: 'A rule that a content does not meet.', simpleResolvers: true })
export class QualityFindingType {
  @Field(() => QualityRuleEnum, { description: 'The rule.' })
  readonly rule: QualityRule;

  @Field(() => String, { description: 'What to change.' })
  readonly message: string;
}

@ObjectType('QualityRulesError', { implements: UserError, description: 'The content is not good enough yet.' })
export class QualityRulesFailure extends UserError {
  static readonly source = QualityRulesError;

  @Field(() => [QualityFindingType], { description: 'Each rule that it does not meet.' })
  readonly findings: readonly QualityFindingType[];
}

@ObjectType('PartnerNotActiveError', { implements: UserError, description: 'The supplier is not active.' })
export class PartnerNotActiveFailure extends UserError {
  static readonly source = PartnerNotActiveError;
}

@ObjectType('LicenceOverlapError', {
  implements: UserError,
  description: 'Two exclusive licences would hold in one country at one time.',
})
export class LicenceOverlapFailure extends UserError {
  static readonly source = LicenceOverlapError;

  @Field(() => LicenceType, { description: 'The exclusive licence that stands.' })
  readonly otherLicence: LicenceType;
}

const everyFailure = [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure];

export const CreateContentResult = mutationResult({
  name: 'CreateContentResult',
  success: CreateContentSuccess,
  failures: everyFailure,
});

export const UpdateContentResult = mutationResult({
  name: 'UpdateContentResult',
  success: UpdateContentSuccess,
  failures: [...everyFailure, IllegalTransitionFailure],
});

export const MoveContentResult = mutationResult({
  name: 'MoveContentResult',
  success: MoveContentSuccess,
  failures: [...everyFailure, IllegalTransitionFailure, QualityRulesFailure, PartnerNotActiveFailure],
});

export const AddLicenceResult = mutationResult({
  name: 'AddLicenceResult',
  success: AddLicenceSuccess,
  failures: [...everyFailure, LicenceOverlapFailure],
});
