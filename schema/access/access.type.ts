import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { InvalidCredentialsError, type OpenedSession, TooManyAttemptsError } from '../../src/access/index.ts';
import { EmailTakenError } from '../../src/users/index.ts';
import { build } from '../shared/build.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { InvalidInputFailure, UnauthenticatedFailure, UserError } from '../shared/user-error.ts';
import { ProfileFactsInput } from '../users/profile.type.ts';
import { toUser, UserType } from '../users/user.type.ts';

@InputType('SignUpInput', { description: 'A new account.' })
export class SignUpInputType extends ProfileFactsInput {
  @Field(() => String, { description: 'Address to log in with.' })
  readonly email: string;

  @Field(() => String, { description: 'From 10 to 128 characters; any characters.' })
  readonly password: string;

  @Field(() => String, { description: 'Name that others see, up to 80 characters.' })
  readonly displayName: string;

  @Field(() => String, { defaultValue: 'zh-CN', description: 'Preferred language and region, BCP 47.' })
  readonly locale: string;
}

@InputType('LogInInput', { description: 'Credentials.' })
export class LogInInputType {
  @Field(() => String, { description: 'Address that the account was made with.' })
  readonly email: string;

  @Field(() => String, { description: 'Password of the account.' })
  readonly password: string;
}

@ObjectType('SessionOpened', { description: 'A new session.', simpleResolvers: true })
export class SessionOpened {
  @Field(() => String, { description: 'Send it as "Authorization: Bearer <token>". It is shown this once.' })
  readonly token: string;

  @Field(() => Date, { description: 'When the session ends by itself.' })
  readonly expiresAt: Date;

  @Field(() => UserType, { description: 'Whose session it is.' })
  readonly user: UserType;
}

@ObjectType('SessionClosed', { description: 'The session has ended.', simpleResolvers: true })
export class SessionClosed {
  @Field(() => Date, { description: 'When.' })
  readonly at: Date;
}

@ObjectType('EmailTakenError', { implements: UserError, description: 'The address has an account.' })
export class EmailTakenFailure extends UserError {
  static readonly source = EmailTakenError;
}

@ObjectType('InvalidCredentialsError', { implements: UserError, description: 'Address and password do not match.' })
export class InvalidCredentialsFailure extends UserError {
  static readonly source = InvalidCredentialsError;
}

@ObjectType('TooManyAttemptsError', { implements: UserError, description: 'Too many were tried: wait.' })
export class TooManyAttemptsFailure extends UserError {
  static readonly source = TooManyAttemptsError;

  @Field(() => Int, { description: 'Seconds until the next one is looked at.' })
  readonly retryAfterSeconds: number;
}

export const SignUpResult = mutationResult({
  name: 'SignUpResult',
  success: SessionOpened,
  failures: [EmailTakenFailure, InvalidInputFailure, TooManyAttemptsFailure],
});

export const LogInResult = mutationResult({
  name: 'LogInResult',
  success: SessionOpened,
  failures: [InvalidCredentialsFailure, TooManyAttemptsFailure],
});

export const LogOutResult = mutationResult({
  name: 'LogOutResult',
  success: SessionClosed,
  failures: [UnauthenticatedFailure],
});

export function toSessionOpened({ token, expiresAt, user }: OpenedSession): SessionOpened {
  return build(SessionOpened, { token, expiresAt, user: toUser({ ...user, email: user.email ?? null }) });
}
