import { Field, ObjectType, registerEnumType } from 'type-graphql';
import {
  CONSENT_PURPOSES,
  type Consent,
  type ConsentChoiceRow,
  type ConsentPurpose,
  PURPOSES,
} from '../../src/preferences/index.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { UnauthenticatedFailure } from '../shared/user-error.ts';

export const ConsentPurposeEnum = enumOf(CONSENT_PURPOSES);
registerEnumType(ConsentPurposeEnum, {
  name: 'ConsentPurpose',
  description: 'One use of what is known of a person, which they allow or not.',
  valuesConfig: Object.fromEntries(
    CONSENT_PURPOSES.map((purpose) => [purpose, { description: PURPOSES[purpose].description }]),
  ),
});

@ObjectType('Consent', { description: 'How a person stands to one purpose.', simpleResolvers: true })
export class ConsentType {
  @Field(() => ConsentPurposeEnum, { description: 'The purpose.' })
  readonly purpose: ConsentPurpose;

  @Field(() => String, { description: 'What is asked, in English.' })
  readonly description: string;

  @Field(() => String, { description: 'What is asked, in Chinese.' })
  readonly descriptionZh: string;

  @Field(() => Boolean, { description: 'Whether the person allows it; until they choose, what holds by default.' })
  readonly granted: boolean;

  @Field(() => Date, { nullable: true, description: 'When they chose so; absent while the default holds.' })
  readonly since: Date | null;
}

@ObjectType('ConsentChoice', {
  description: 'A choice that a person made. It is never changed.',
  simpleResolvers: true,
})
export class ConsentChoiceType {
  @Field(() => ConsentPurposeEnum, { description: 'What they chose about.' })
  readonly purpose: ConsentPurpose;

  @Field(() => Boolean, { description: 'Whether they allowed it.' })
  readonly granted: boolean;

  @Field(() => Date, { description: 'When.' })
  readonly at: Date;
}

export const ConsentChoiceConnection = connectionOf('ConsentChoice', () => ConsentChoiceType);

@ObjectType('SetConsentSuccess', { description: 'The choice holds from now on.', simpleResolvers: true })
export class SetConsentSuccess {
  @Field(() => ConsentType, { description: 'How the viewer stands to the purpose now.' })
  readonly consent: ConsentType;
}

export const SetConsentResult = mutationResult({
  name: 'SetConsentResult',
  success: SetConsentSuccess,
  failures: [UnauthenticatedFailure],
});

export function toConsent({ purpose, granted, since }: Consent): ConsentType {
  const { description, descriptionZh } = PURPOSES[purpose];
  return build(ConsentType, { purpose, description, descriptionZh, granted, since });
}

export function toConsentChoice({ purpose, granted, chosenAt }: ConsentChoiceRow): ConsentChoiceType {
  return build(ConsentChoiceType, { purpose, granted, at: chosenAt });
}
