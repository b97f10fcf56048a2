import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { Profile } from '../../src/users/index.ts';
import { build } from '../shared/build.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { InvalidInputFailure, UnauthenticatedFailure } from '../shared/user-error.ts';
import { UserType } from './user.type.ts';

@ObjectType('Profile', {
  description: 'What a person told of themselves. Nobody else sees it.',
  simpleResolvers: true,
})
export class ProfileType {
  @Field(() => String, { nullable: true, description: 'Where they are, ISO 3166-1 alpha-2. Licences depend on it.' })
  readonly country: string | null;

  @Field(() => Int, { nullable: true, description: 'Year of birth. What is for adults depends on it.' })
  readonly birthYear: number | null;

  @Field(() => String, { nullable: true, description: 'What they do, in their own words.' })
  readonly occupation: string | null;

  @Field(() => [String], { description: 'What they are interested in, in their own words.' })
  readonly interests: readonly string[];

  @Field(() => [String], { description: 'What they want to reach, in their own words.' })
  readonly goals: readonly string[];
}

/** What both a new account and a change of a profile may say. */
@InputType({ description: 'Not part of the API by itself.' })
export abstract class ProfileFactsInput {
  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2; null for untold.' })
  readonly country?: string | null;

  @Field(() => Int, { nullable: true, description: 'From 1900 to this year; null for untold.' })
  readonly birthYear?: number | null;

  @Field(() => String, { nullable: true, description: 'What the person does, up to 80 characters; null for untold.' })
  readonly occupation?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'What the person is interested in: up to 20 of up to 60 characters; null for none.',
  })
  readonly interests?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'What the person wants to reach: up to 10 of up to 200 characters; null for none.',
  })
  readonly goals?: string[] | null;
}

@InputType('UpdateProfileInput', {
  description: 'What changes in what the viewer tells of themselves. What is left out stays.',
})
export class UpdateProfileInputType extends ProfileFactsInput {
  @Field(() => String, { nullable: true, description: 'Name that others see, up to 80 characters; null leaves it.' })
  readonly displayName?: string | null;

  @Field(() => String, { nullable: true, description: 'Preferred language and region, BCP 47; null leaves it.' })
  readonly locale?: string | null;
}

@ObjectType('UpdateProfileSuccess', { description: 'The profile has changed.', simpleResolvers: true })
export class UpdateProfileSuccess {
  @Field(() => UserType, { description: 'The account, with the name and the language.' })
  readonly user: UserType;

  @Field(() => ProfileType, { description: 'The profile.' })
  readonly profile: ProfileType;
}

export const UpdateProfileResult = mutationResult({
  name: 'UpdateProfileResult',
  success: UpdateProfileSuccess,
  failures: [UnauthenticatedFailure, InvalidInputFailure],
});

export function toProfile({ country, birthYear, occupation, interests, goals }: Profile): ProfileType {
  return build(ProfileType, { country, birthYear, occupation, interests, goals });
}

/** What is absent stays absent; of what may be untold, null says that it is. */
export function toProfileFacts(input: ProfileFactsInput): Partial<Profile> {
  const { country, birthYear, occupation, interests, goals } = input;
  return definedOf({ country, birthYear, occupation, interests: orNone(interests), goals: orNone(goals) });
}

/** As `toProfileFacts`, with what cannot be untold: there, null leaves it too. */
export function toProfileChanges(input: UpdateProfileInputType): Partial<Profile> {
  const { displayName, locale } = input;
  return {
    ...toProfileFacts(input),
    ...definedOf({ displayName: displayName ?? undefined, locale: locale ?? undefined }),
  };
}

function orNone(texts: string[] | null | undefined): string[] | undefined {
  return texts === null ? [] : texts;
}

function definedOf(values: Readonly<Record<string, unknown>>): Partial<Profile> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
